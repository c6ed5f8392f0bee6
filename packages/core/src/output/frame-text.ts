import { isUtf8 } from "node:buffer";

/** Longest line of framed output, head and newline included: where engines begin to split lines of a log (16 KiB). */
export const maxLineBytes: number = 16 * 1024;
/** Longest head: 16 digits of a sequence number, channel, `64`, `+`, two spaces, and the newline. */
export const maxHeadBytes = 24;
/** Most bytes of a text frame. */
export const maxTextBytes: number = maxLineBytes - maxHeadBytes;
/** Most bytes of a base64 frame: a multiple of 3, so that only the last part is padded. */
export const maxBinaryBytes: number = Math.floor(maxTextBytes / 4) * 3;

/** Whether bytes may stand in a line as they are. */
export function isPlainText(bytes: Uint8Array): boolean {
  return isUtf8(bytes) && bytes.indexOf(13) < 0 && bytes.indexOf(0) < 0;
}

/** The greatest length of at most `limit` that does not cut a UTF-8 character; `limit` itself where the bytes are no UTF-8. */
export function utf8Border(bytes: Uint8Array, limit: number): number {
  if (limit >= bytes.length) return completeLength(bytes);
  for (let end = limit; end > limit - 4 && end > 0; end -= 1) {
    if (!isContinuation(bytes[end])) return end;
  }
  return limit;
}

/** Length without the beginning of a character whose other bytes have not come yet. */
function completeLength(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back += 1) {
    const byte = bytes[bytes.length - back];
    if (isContinuation(byte)) continue;
    return characterBytes(byte) > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}

function characterBytes(lead: number | undefined): number {
  if (lead === undefined || lead < 0xc2 || lead > 0xf4) return 1;
  if (lead < 0xe0) return 2;
  return lead < 0xf0 ? 3 : 4;
}
