import { execFileSync } from "node:child_process";

import { describe, expect, it } from "vitest";

import { quoteForShell } from "../src/quote-for-shell.ts";

describe("quoteForShell", () => {
  it.each([
    ["spaces", "a  b"],
    ["single quotes", "it's 'quoted'"],
    ["double quotes", `say "no"`],
    ["a command", "$(touch /tmp/x) `id` ${HOME} $1"],
    ["line ends", "one\ntwo\n"],
    ["backslashes", String.raw`a\b\\c\n`],
    ["letters beyond ASCII", "café ☂ 日本"],
    ["control characters", "\u0001\u001B[0m\t"],
    ["a glob", "*.? [a-z] ~ {a,b}"],
    ["operators", "a;b|c&d>e<f#g!h=i"],
    ["nothing", ""],
    ["an option", "--config=x"],
  ])("brings %s through a shell", (_, argument) => {
    expect(argumentsOf(quoteForShell(["printf", "%s\\0", argument, "end"]))).toEqual([
      argument,
      "end",
    ]);
  });

  it("brings every ASCII character through a shell", () => {
    const characters = Array.from({ length: 127 }, (_, index) => String.fromCodePoint(index + 1));

    expect(argumentsOf(quoteForShell(["printf", "%s\\0", ...characters]))).toEqual(characters);
  });

  it("leaves words alone that a shell takes as they are", () => {
    expect(quoteForShell(["node", "/job/run.mjs", "--config", "a-b_c.json", "x=1,2", "50%"])).toBe(
      "node /job/run.mjs --config a-b_c.json x=1,2 50%",
    );
  });
});

function argumentsOf(line: string): readonly string[] {
  return execFileSync("sh", ["-c", line], { encoding: "utf8" }).split("\0").slice(0, -1);
}
