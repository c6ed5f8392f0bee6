import type { Channel, Frame } from "./frame.ts";

/** A frame from a line of framed output (without its newline), or nothing if the line is no frame. */
export function parseFrameLine(line: Buffer): Frame | undefined {
  let at = 0;
  let seq = 0;
  for (; at < line.length && isDigit(line[at]); at += 1) seq = seq * 10 + (line[at] ?? 0) - zero;
  if (seq === 0 || !Number.isSafeInteger(seq) || line[at] !== space) return undefined;
  const channel = channels.get(line[at + 1] ?? 0);
  if (channel === undefined) return undefined;
  at += 2;
  const base64 = line[at] === zero + 6 && line[at + 1] === zero + 4;
  if (base64) at += 2;
  const newline = line[at] !== plus;
  if (!newline) at += 1;
  if (line[at] !== space) return undefined;
  const text = line.subarray(at + 1);
  return {
    seq,
    channel,
    bytes: base64 ? Buffer.from(text.toString("latin1"), "base64") : text,
    newline,
  };
}

const zero = 48;
const space = 32;
const plus = 43;
const channels: ReadonlyMap<number, Channel> = new Map(
  (["o", "e", "p", "x"] as const).map((channel) => [channel.charCodeAt(0), channel]),
);

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= zero && byte <= zero + 9;
}
