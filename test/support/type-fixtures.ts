import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";

/** The compilers that types are tested with, as installed in packages/plugin. */
export const compilers = ["typescript", "typescript-5.9"] as const;

const require = createRequire(
  path.resolve(import.meta.dirname, "../../packages/plugin/package.json"),
);

/** What a compiler says. */
export interface TypeProblem {
  /** `placements.ts:6`. */
  readonly place: string;
  readonly message: string;
}

/** Each line `// ✗ text` of a directory's files says what the compiler must say of the line below it. */
export async function expectedProblems(directory: string): Promise<readonly TypeProblem[]> {
  const names = (await readdir(directory)).filter((name) => name.endsWith(".ts"));
  const problems = names.map(async (name) => {
    const lines = (await readFile(path.join(directory, name), "utf8")).split("\n");
    return lines.flatMap((line, index) => {
      const [, message] = /^\s*\/\/ ✗ (.*)$/u.exec(line) ?? [];
      return message === undefined ? [] : [{ place: `${name}:${index + 2}`, message }];
    });
  });
  return sorted((await Promise.all(problems)).flat());
}

/** Compiles a directory by its tsconfig.json. */
export async function compile(
  compiler: (typeof compilers)[number],
  directory: string,
): Promise<readonly TypeProblem[]> {
  const tsc = path.join(path.dirname(compilerManifest(compiler)), "bin/tsc");
  const output = await run([tsc, "-p", directory, "--pretty", "false"]);
  // A problem begins in the first column; what follows indented explains it.
  const problems = output.split(/\n(?=\S)/u).flatMap((text) => {
    const [, file, line, message] = /^(\S+)\((\d+),\d+\): error TS\d+: (.*)$/su.exec(text) ?? [];
    if (file === undefined || message === undefined) return [];
    return [{ place: `${path.basename(file)}:${line}`, message }];
  });
  return sorted(problems);
}

/** Path of a compiler's package.json. */
export function compilerManifest(compiler: (typeof compilers)[number]): string {
  return require.resolve(`${compiler}/package.json`);
}

function run(argv: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(process.execPath, argv, { timeout: 60_000 }, (_, stdout) => resolve(stdout));
  });
}

function sorted(problems: readonly TypeProblem[]): readonly TypeProblem[] {
  return problems.toSorted((a, b) => (a.place < b.place ? -1 : 1));
}
