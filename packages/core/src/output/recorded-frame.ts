import { isUtf8 } from "node:buffer";

import type { Channel, Frame } from "./frame.ts";

/** A frame as the run log keeps it. */
export interface RecordedFrame extends Frame {
  /** Milliseconds since 1970, by the clock of the machine that framed it. */
  readonly at: number;
}

/** One NDJSON line: `{"n":seq,"t":epochMs,"c":channel,"d":text}`, with `"b":1` where `d` is base64 and `"p":1` where no newline follows. */
export function formatRecordedFrame(frame: Frame, at: number): string {
  const { buffer, byteOffset, byteLength } = frame.bytes;
  const bytes = Buffer.from(buffer, byteOffset, byteLength);
  const text = isUtf8(bytes);
  const data = JSON.stringify(bytes.toString(text ? "utf8" : "base64"));
  const flags = `${text ? "" : ',"b":1'}${frame.newline ? "" : ',"p":1'}`;
  return `{"n":${frame.seq},"t":${at},"c":"${frame.channel}","d":${data}${flags}}\n`;
}

/** The frame of a line, or nothing where the line is none (a foreign or damaged file). */
export function parseRecordedFrame(line: string): RecordedFrame | undefined {
  const value = parseObject(line);
  if (value === undefined) return undefined;
  const { n, t, c, d, b, p } = value;
  if (typeof n !== "number" || typeof t !== "number" || typeof d !== "string") return undefined;
  if (!isChannel(c)) return undefined;
  const bytes = Buffer.from(d, b === 1 ? "base64" : "utf8");
  return { seq: n, at: t, channel: c, bytes, newline: p !== 1 };
}

function parseObject(line: string): { readonly [key: string]: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function isChannel(value: unknown): value is Channel {
  return value === "o" || value === "e" || value === "p" || value === "x";
}
