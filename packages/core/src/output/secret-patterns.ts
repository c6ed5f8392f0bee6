/** Shorter values would redact half of a job's output. */
const minLength = 6;

/**
 * Byte sequences that show a secret: each value and each line of it (of at least 6 characters), as it is, URL-encoded,
 * JSON-escaped, and in base64 at any alignment, whole or in lines of 64 or 76 characters.
 */
export function secretPatterns(values: readonly string[]): readonly Buffer[] {
  const texts = new Set<string>();
  for (const value of values) {
    if (value.length < minLength) continue;
    for (const piece of pieces(value.toWellFormed())) {
      for (const form of [...writtenForms(piece), ...base64Forms(piece)]) texts.add(form);
    }
  }
  return [...texts].filter((text) => text.length >= minLength).map((text) => Buffer.from(text));
}

function pieces(value: string): readonly string[] {
  const lines = value.split(/\r\n|\r|\n/).map((line) => line.trim());
  return [...new Set([value, value.trim(), ...lines])].filter((piece) => piece.length >= minLength);
}

function writtenForms(text: string): readonly string[] {
  const url = encodeURIComponent(text);
  const strictUrl = url.replace(/[!'()*]/g, percentEncode);
  const json = JSON.stringify(text).slice(1, -1);
  const asciiJson = json.replace(/[\u0080-\uffff]/g, unicodeEscape);
  const urls = [url, strictUrl, strictUrl.replaceAll("%2F", "/"), strictUrl.replaceAll("%20", "+")];
  return [text, json, json.replaceAll("/", "\\/"), asciiJson, ...urls, ...urls.map(lowerCaseHex)];
}

function base64Forms(text: string): readonly string[] {
  const bytes = Buffer.from(text);
  const whole = bytes.toString("base64");
  const forms = [whole, whole.replace(/=+$/, ""), ...[0, 1, 2].map((shift) => inner(bytes, shift))];
  const wrapped = [64, 76].flatMap((width) => (whole.length > width ? chunks(whole, width) : []));
  return [...forms, ...forms.map(urlSafe), ...wrapped];
}

/** Base64 of bytes that follow `shift` others: only those characters that no neighbour has a part in. */
function inner(bytes: Buffer, shift: number): string {
  const shifted = Buffer.concat([Buffer.alloc(shift), bytes]);
  const first = Math.ceil((shift * 8) / 6);
  const end = Math.floor((shifted.length * 8) / 6);
  return shifted.toString("base64").slice(first, end);
}

function chunks(text: string, width: number): readonly string[] {
  return Array.from({ length: Math.ceil(text.length / width) }, (_, index) =>
    text.slice(index * width, (index + 1) * width),
  );
}

function percentEncode(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

function lowerCaseHex(url: string): string {
  return url.replace(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase());
}

function urlSafe(base64: string): string {
  return base64.replaceAll("+", "-").replaceAll("/", "_");
}
