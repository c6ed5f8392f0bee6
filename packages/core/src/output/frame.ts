/** Channels: standard output and error, progress (JSON), receipt (JSON). */
export type Channel = "o" | "e" | "p" | "x";

/**
 * One line of framed output: `<seq> <channel>[64][+] <text>`. `64`: the text is base64, of bytes that are no UTF-8 or hold a
 * carriage return or NUL, which logs of platforms change. `+`: the line goes on in the next frame of the channel (no newline
 * here). Sequence numbers start at 1 and have no gaps.
 */
export interface Frame {
  readonly seq: number;
  readonly channel: Channel;
  /** Decoded bytes of the line or part, without its newline. May be a view of a bigger buffer: copy what you keep. */
  readonly bytes: Uint8Array;
  /** True when a newline followed. */
  readonly newline: boolean;
}
