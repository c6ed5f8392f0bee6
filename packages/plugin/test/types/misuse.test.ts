import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";

import { describe, expect, it } from "vitest";

const fixtures = path.join(import.meta.dirname, "fixtures");
const require = createRequire(import.meta.url);

interface Problem {
  /** `placements.ts:6`. */
  readonly place: string;
  readonly message: string;
}

describe.each(["typescript", "typescript-5.9"])("%s", (compiler) => {
  it("rejects each misuse of the contract, in words that explain it", async () => {
    const [expected, found] = await Promise.all([expectedProblems(), compile(compiler)]);

    expect(found.map(({ place }) => place)).toEqual(expected.map(({ place }) => place));
    for (const [index, { message }] of found.entries()) {
      expect(message).toContain(expected[index]?.message);
    }
  });
});

/** Each line `// ✗ text` says what the compiler must say of the line below it. */
async function expectedProblems(): Promise<readonly Problem[]> {
  const names = (await readdir(fixtures)).filter((name) => name.endsWith(".ts"));
  const problems = names.map(async (name) => {
    const lines = (await readFile(path.join(fixtures, name), "utf8")).split("\n");
    return lines.flatMap((line, index) => {
      const [, message] = /^\s*\/\/ ✗ (.*)$/u.exec(line) ?? [];
      return message === undefined ? [] : [{ place: `${name}:${index + 2}`, message }];
    });
  });
  return sorted((await Promise.all(problems)).flat());
}

async function compile(compiler: string): Promise<readonly Problem[]> {
  const manifest = require.resolve(`${compiler}/package.json`);
  const tsc = path.join(path.dirname(manifest), "bin/tsc");
  const output = await run([tsc, "-p", fixtures, "--pretty", "false"]);
  // A problem begins in the first column; what follows indented explains it.
  const problems = output.split(/\n(?=\S)/u).flatMap((text) => {
    const [, file, line, message] = /^(\S+)\((\d+),\d+\): error TS\d+: (.*)$/su.exec(text) ?? [];
    if (file === undefined || message === undefined) return [];
    return [{ place: `${path.basename(file)}:${line}`, message }];
  });
  return sorted(problems);
}

function run(argv: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(process.execPath, argv, { timeout: 60_000 }, (_, stdout) => resolve(stdout));
  });
}

function sorted(problems: readonly Problem[]): readonly Problem[] {
  return problems.toSorted((a, b) => (a.place < b.place ? -1 : 1));
}
