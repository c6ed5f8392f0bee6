import { describe, expect, it } from "vitest";

import { padText, textWidth, truncateText, wrapText } from "../../src/terminal/text-width.ts";

describe("textWidth", () => {
  it.each([
    ["plain", 5],
    ["é", 1],
    ["e\u0301", 1],
    ["漢字", 4],
    ["ｆ", 2],
    ["한국어", 6],
    ["🐧", 2],
    ["👩‍🔬", 2],
    ["✓ █░", 4],
    ["\u001b[31mred\u001b[39m", 3],
    ["a\u200bb", 2],
    ["", 0],
  ])("of %j is %i", (text, width) => {
    expect(textWidth(text)).toBe(width);
  });
});

it("pads by columns, not by characters", () => {
  expect(padText("漢", 4)).toBe("漢  ");
  expect(padText("7", 3, "right")).toBe("  7");
  expect(padText("longer", 3)).toBe("longer");
});

describe("truncateText", () => {
  it.each([
    ["short", 5, "short"],
    ["a longer text", 9, "a longer…"],
    ["漢字漢字", 5, "漢字…"],
    ["漢字漢字", 6, "漢字…"],
    ["\u001b[31mcoloured\u001b[39m", 4, "col…"],
  ])("shortens %j to %i columns", (text, width, expected) => {
    expect(truncateText(text, width)).toBe(expected);
  });
});

describe("wrapText", () => {
  it("breaks at spaces, keeps newlines, and leaves long words whole", () => {
    expect(wrapText("one two three\nhttps://example.org/long x", 9)).toEqual([
      "one two",
      "three",
      "https://example.org/long",
      "x",
    ]);
  });
});
