import type { Json } from "@runnable/plugin";

import { createPatternMatcher, type Matches } from "./pattern-matcher.ts";
import { secretPatterns } from "./secret-patterns.ts";

/** Redacts one stream of bytes, also secrets that are cut by the borders of chunks. */
export interface RedactedStream {
  /** The chunk with `***` for each secret, without an end that may be the beginning of one; it comes with the next chunk. */
  readonly push: (chunk: Uint8Array) => Uint8Array;
  /** What was held back. */
  readonly end: () => Uint8Array;
}

/** Replaces secret values by `***`. */
export interface Redactor {
  /** A stream of its own for each channel. */
  readonly stream: () => RedactedStream;
  readonly redactText: (text: string) => string;
  /** Redacts strings, keys, and numbers that are a secret. */
  readonly redactJson: (value: Json) => Json;
}

const mask: Buffer = Buffer.from("***");
const nothing: Uint8Array = new Uint8Array(0);

/** A redactor of secret values (by name) in the forms of `secretPatterns`. Without secrets everything passes as it is. */
export function createRedactor(secrets: { readonly [name: string]: string }): Redactor {
  const patterns = secretPatterns(Object.values(secrets));
  if (patterns.length === 0) return passthrough;
  const match = createPatternMatcher(patterns);

  function redactText(text: string): string {
    const bytes = Buffer.from(text);
    const { stretches } = match(bytes);
    if (stretches.length === 0) return text;
    return replaceStretches(bytes, stretches, { end: bytes.length, covered: 0 }).toString();
  }

  return {
    stream: () => createRedactedStream(match),
    redactText,
    redactJson: (value) => redactJson(value, redactText),
  };
}

const passthrough: Redactor = {
  stream: () => ({ push: (chunk) => chunk, end: () => nothing }),
  redactText: (text) => text,
  redactJson: (value) => value,
};

function createRedactedStream(match: (bytes: Uint8Array) => Matches): RedactedStream {
  let held: Uint8Array = nothing;
  // Bytes at the beginning of `held` for which a mask was given already.
  let covered = 0;

  return {
    push(chunk) {
      const bytes = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
      const { stretches, open } = match(bytes);
      if (stretches.length === 0 && covered === 0 && open === bytes.length) {
        held = nothing;
        return bytes;
      }
      // A stretch within the held bytes may yet grow: it is found again with the next chunk.
      const begun = stretches.filter(([start]) => start < open);
      const output = replaceStretches(bytes, begun, { end: open, covered });
      const masked = Math.max(covered, begun.at(-1)?.[1] ?? 0);
      held = Buffer.from(bytes.subarray(open));
      covered = Math.max(0, masked - open);
      return output;
    },
    end() {
      const output = replaceStretches(held, match(held).stretches, { end: held.length, covered });
      held = nothing;
      covered = 0;
      return output;
    },
  };
}

/** The bytes up to `end`, and a mask for each stretch. The first `covered` bytes, and what overlaps them, have theirs already. */
function replaceStretches(
  bytes: Uint8Array,
  stretches: Matches["stretches"],
  { end, covered }: { readonly end: number; readonly covered: number },
): Buffer {
  const pieces: Uint8Array[] = [];
  let from = covered;
  for (const [start, stop] of stretches) {
    if (start >= covered) pieces.push(bytes.subarray(from, start), mask);
    from = Math.max(from, stop);
  }
  if (from < end) pieces.push(bytes.subarray(from, end));
  return Buffer.concat(pieces);
}

function redactJson(value: Json, redactText: (text: string) => string): Json {
  if (typeof value === "string") return redactText(value);
  if (typeof value === "number") {
    const text = String(value);
    return redactText(text) === text ? value : mask.toString();
  }
  if (typeof value !== "object" || value === null) return value;
  if (isArray(value)) return value.map((item) => redactJson(item, redactText));
  const entries = Object.entries(value).map(([key, item]) => [
    redactText(key),
    item === undefined ? undefined : redactJson(item, redactText),
  ]);
  return Object.fromEntries(entries);
}

/** `Array.isArray` does not narrow readonly arrays. */
function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
