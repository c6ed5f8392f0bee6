import { globSync, readFileSync } from "node:fs";
import path from "node:path";

import { describe, expect, it } from "vitest";

import { commands } from "../../packages/cli/src/arguments/commands.ts";
import { commandReference } from "./command-reference.ts";
import { pages, root } from "./page.ts";

const sources = globSync("{packages,plugins}/*/src/**/*.ts", { cwd: root })
  .map((file) => readFileSync(path.join(root, file), "utf8"))
  .join("\n");
const documented = pages.filter(({ name }) => name.startsWith("docs/") || name === "README.md");

it("docs/command-line.md has every command as its table has it", () => {
  const text = textOf("docs/command-line.md");

  expect(text.slice(text.indexOf("<!-- From here"))).toBe(commandReference(commands));
});

describe.each(documented)("$name", ({ text, blocks }) => {
  const code = blocks.map((block) => block.text).join("\n");

  it("names only error codes that there are", () => {
    const named = words(text).filter((word) => /^[A-Z]+(?:_[A-Z]+)+$/u.test(word));
    const codes = named.filter((word) => !isVariable(word) && !code.includes(word));

    expect(codes.filter((word) => !sources.includes(`"${word}"`))).toEqual([]);
  });

  it("names only environment variables that there are", () => {
    const named = text.match(/RUNNABLE_[A-Z]+(?:_[A-Z]+)*/gu) ?? [];
    const own = named.filter((word) => !/^RUNNABLE_(?:PRM|VAR)/u.test(word));

    expect(own.filter((word) => !sources.includes(word))).toEqual([]);
  });
});

it("docs/run-records.md names every cause, and none that there is not", () => {
  const [, union = ""] = /export type Cause =([^;]*);/u.exec(sources) ?? [];
  const causes = [...union.matchAll(/"(\w+)"/gu)].map(([, cause]) => cause);
  const [, table = ""] = /\| cause \|.*?\n(.*?)\n\n/su.exec(textOf("docs/run-records.md")) ?? [];
  const told = table
    .split("\n")
    .slice(1)
    .flatMap((row) => words(row.split("|")[1] ?? ""));

  expect(new Set(told)).toEqual(new Set(causes));
});

function textOf(name: string): string {
  return pages.find((page) => page.name === name)?.text ?? "";
}

/** What stands in backquotes. */
function words(text: string): readonly string[] {
  return [...text.matchAll(/`([^`\n]+)`/gu)].map(([, word = ""]) => word);
}

function isVariable(word: string): boolean {
  return (
    word.startsWith("RUNNABLE_") || ["RUN_ID", "NO_COLOR", "FORCE_COLOR", "LC_ALL"].includes(word)
  );
}
