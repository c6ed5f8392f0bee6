import { describe, expect, it } from "vitest";

import { createRedactor } from "../../src/output/redactor.ts";
import { seededRandom } from "./seeded-random.ts";

const secret = "p4ss/wörd & more";
const key =
  "-----BEGIN KEY-----\nMIIBOgIBAAJBAKj34GkxFhD9\nab\nkL3p9vZ+q7/xYw==\n-----END KEY-----\n";

describe("redactText", () => {
  const redactor = createRedactor({ PASSWORD: secret, KEY: key, PIN: "12345" });

  it.each([
    ["as it is", `user:${secret}@host`, "user:***@host"],
    ["URL-encoded", `?p=${encodeURIComponent(secret)}&q`, "?p=***&q"],
    ["form-encoded", `p=${new URLSearchParams({ p: secret }).toString()};`, "p=p=***;"],
    ["URL-encoded in lower case", `p4ss%2fw%c3%b6rd%20%26%20more`, "***"],
    ["as JSON", JSON.stringify({ a: `${secret}"` }), '{"a":"***\\""}'],
    ["as ASCII JSON", '"p4ss/w\\u00f6rd & more"', '"***"'],
    ["in base64", `Basic ${Buffer.from(secret).toString("base64")}`, "Basic ***"],
    ["in base64 for URLs", Buffer.from(secret).toString("base64url"), "***"],
    ["a line of a longer value", "> MIIBOgIBAAJBAKj34GkxFhD9 <", "> *** <"],
    ["a longer value in JSON", JSON.stringify(key), '"***"'],
    ["lines of a longer value", key.replaceAll("\n", "\n> "), "***\n> ***\n> ab\n> ***\n> ***\n> "],
    ["a longer value in base64", Buffer.from(key).toString("base64"), "***"],
    ["too short a value, which stays", "pin 12345", "pin 12345"],
    ["a part of a value, which stays", "p4ss/wörd & mor", "p4ss/wörd & mor"],
  ])("redacts a value %s", (_, text, expected) => {
    expect(redactor.redactText(text)).toBe(expected);
  });

  it.each([0, 1, 2, 3])("redacts a value within a longer text in base64, %i bytes on", (shift) => {
    const encoded = Buffer.from(`${"u".repeat(shift)}${secret}:tail`).toString("base64");

    const redacted = redactor.redactText(encoded);

    expect(Buffer.from(redacted.replace("***", ""), "base64").toString("latin1")).not.toContain(
      "4ss",
    );
    expect(redacted).toContain("***");
    expect(redacted.length).toBeLessThan(encoded.length - 15);
  });

  it("redacts a value in base64 of several lines", () => {
    const wrapped = Buffer.from(key).toString("base64").replace(/.{76}/g, "$&\n");

    expect(redactor.redactText(wrapped)).toMatch(/^\*\*\*\n\*\*\*$/);
  });

  it("covers values that overlap with one mask", () => {
    const both = createRedactor({ a: "abcdef", b: "defghi" });

    expect(both.redactText("-abcdefghi-")).toBe("-***-");
  });
});

describe("redactJson", () => {
  it("redacts texts, keys, and numbers that are a secret", () => {
    const redactor = createRedactor({ TOKEN: "s3cret", PIN: "1234567" });

    const redacted = redactor.redactJson({ list: ["a s3cret", 1234567, 7, null], s3cret: true });

    expect(redacted).toEqual({ list: ["a ***", "***", 7, null], "***": true });
  });
});

describe("redacted stream", () => {
  it("lets chunks through untouched when there is no secret", () => {
    const chunk = Buffer.from("hello");

    expect(createRedactor({}).stream().push(chunk)).toBe(chunk);
  });

  it("holds back only what may be the beginning of a secret", () => {
    const stream = createRedactor({ TOKEN: "s3cret" }).stream();

    expect(Buffer.from(stream.push(Buffer.from("hello s3c"))).toString()).toBe("hello ");
    expect(Buffer.from(stream.push(Buffer.from("ond"))).toString()).toBe("s3cond");
    expect(Buffer.from(stream.push(Buffer.from("s3"))).toString()).toBe("");
    expect(Buffer.from(stream.end()).toString()).toBe("s3");
  });

  it.each(Array.from({ length: 40 }, (_, index) => index + 1))(
    "gives the same, however the bytes are cut (seed %i)",
    (seed) => {
      const random = seededRandom(seed);
      const secrets = { a: "abcabcabd", b: "abcabc", c: "cabdab", d: "ddbbccaa\nabcddd" };
      const pieces = ["a", "b", "cd", "\n", "abc", "ddbb", "ccaa", ...Object.values(secrets)];
      const pick = () => pieces[Math.floor(random() * pieces.length)];
      const text = Array.from({ length: 500 }, pick).join("");
      const redactor = createRedactor(secrets);

      const redacted = redactInPieces(redactor.stream(), text, random);

      expect(redacted).toBe(redactor.redactText(text));
      expect(redacted).not.toMatch(/abcabc|cabdab|ddbbccaa|abcddd/);
      expect(redacted).toContain("***");
    },
  );
});

function redactInPieces(
  stream: ReturnType<ReturnType<typeof createRedactor>["stream"]>,
  text: string,
  random: () => number,
): string {
  const pieces: Uint8Array[] = [];
  for (let start = 0; start < text.length;) {
    const size = 1 + Math.floor(random() * 7);
    pieces.push(Buffer.from(stream.push(Buffer.from(text.slice(start, start + size)))));
    start += size;
  }
  return Buffer.concat([...pieces, stream.end()]).toString();
}
