import { stripVTControlCharacters } from "node:util";

import { expect, it } from "vitest";

import { formatErrorText } from "../../src/format/format-error-text.ts";
import { createStyle } from "../../src/terminal/style.ts";

const text = `error[CONFIG_UNKNOWN_KEY]: "queu" is not a setting: of my-platform
  runnable-config.yaml:4:5  job-executor.config.queu
  Did you mean "queue"?
warning: a literal secret`;

it("colours what an error is and where, and keeps its words", () => {
  const coloured = formatErrorText(text, createStyle(true));

  expect(stripVTControlCharacters(coloured)).toBe(text);
  expect(coloured).toContain("\u001b[31merror[CONFIG_UNKNOWN_KEY]:\u001b[39m");
  expect(coloured).toContain("  \u001b[36mrunnable-config.yaml:4:5\u001b[39m  job");
  expect(coloured).toContain("\u001b[33mwarning:\u001b[39m");
});

it("changes nothing without colours", () => {
  expect(formatErrorText(text, createStyle(false))).toBe(text);
});

it("breaks lines between words in a terminal, but none with a command", () => {
  const long = `error[X]: ${"word ".repeat(10)}end
  see ${"word ".repeat(10)}end
  It is missing. Run: npm install --save-dev @acme/some-package`;

  expect(formatErrorText(long, createStyle(false), 40).split("\n")).toEqual([
    "error[X]: word word word word word",
    "  word word word word word end",
    "  see word word word word word word",
    "    word word word word end",
    "  It is missing. Run: npm install --save-dev @acme/some-package",
  ]);
});
