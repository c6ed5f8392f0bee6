import type { Json } from "@runnable/plugin";

const booleans: { readonly [text: string]: boolean } = { True: true, False: false };

/**
 * What a parameter's text may mean, the likeliest first: JSON, Python's `True` and `False`, then the text itself. The
 * schema picks, so that `5` stays text for a text parameter. A whole number too large for JavaScript is text.
 */
export function decodeValue(text: string): readonly [Json, ...Json[]] {
  const decoded = Object.hasOwn(booleans, text) ? booleans[text] : fromJson(text);
  return decoded === undefined ? [text] : [decoded, text];
}

function fromJson(text: string): Json | undefined {
  try {
    const value = JSON.parse(text) as Json;
    const exact = typeof value !== "number" || !/^-?\d+$/.test(text) || Number.isSafeInteger(value);
    return exact ? value : undefined;
  } catch {
    return undefined;
  }
}
