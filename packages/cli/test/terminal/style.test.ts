import { describe, expect, it } from "vitest";

import { createStyle, wantsColour } from "../../src/terminal/style.ts";

describe("wantsColour", () => {
  it.each([
    ["a terminal", { isTTY: true, environment: {}, expected: true }],
    ["a pipe", { isTTY: false, environment: {}, expected: false }],
    ["a dumb terminal", { isTTY: true, environment: { TERM: "dumb" }, expected: false }],
    ["NO_COLOR", { isTTY: true, environment: { NO_COLOR: "1" }, expected: false }],
    ["an empty NO_COLOR", { isTTY: true, environment: { NO_COLOR: "" }, expected: true }],
    ["FORCE_COLOR on a pipe", { isTTY: false, environment: { FORCE_COLOR: "1" }, expected: true }],
    [
      "FORCE_COLOR over NO_COLOR",
      { isTTY: false, environment: { FORCE_COLOR: "1", NO_COLOR: "1" }, expected: true },
    ],
    ["FORCE_COLOR=0", { isTTY: true, environment: { FORCE_COLOR: "0" }, expected: false }],
  ])("decides for %s", (_, { isTTY, environment, expected }) => {
    expect(wantsColour({ isTTY }, environment)).toBe(expected);
  });
});

describe("createStyle", () => {
  it("writes escape sequences only when colours are on", () => {
    expect(createStyle(true).red("x")).toBe("\u001b[31mx\u001b[39m");
    expect(createStyle(true).red("")).toBe("");
    expect(createStyle(false).red("x")).toBe("x");
  });
});
