import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const fixtures = path.resolve(import.meta.dirname, "../fixtures/one-language");
const core = path.resolve(import.meta.dirname, "../../packages/core");

/** What a project of test/fixtures/one-language says of itself, in `expected.json`. */
export interface Expected {
  /** `file` or `file#export`; default `main.job.ts`. */
  readonly job?: string;
  readonly returns: object;
  /** That it can't travel in a bundle: the error's code, and what its message holds. */
  readonly refused?: { readonly code: string; readonly places: readonly string[] };
  /** Packages of the workspace that it needs. */
  readonly links?: readonly string[];
}

/** A copy of such a project in a directory of its own. */
export interface Project extends AsyncDisposable {
  readonly directory: string;
  /** Absolute. */
  readonly file: string;
  readonly exportName: string;
  readonly expected: Expected;
}

/** Names of all projects. */
export const projectNames: readonly string[] = readdirSync(fixtures).toSorted();

/** Names of those that can't travel in a bundle. */
export const refusedNames: readonly string[] = projectNames.filter(
  (name) => readExpected(path.join(fixtures, name)).refused !== undefined,
);

/** Copies a project; its `deps` become `node_modules`. */
export function openProject(name: string): Project {
  const directory = realpathSync(mkdtempSync(path.join(tmpdir(), `one-language-${name}-`)));
  cpSync(path.join(fixtures, name), directory, { recursive: true });
  const modules = path.join(directory, "node_modules");
  const deps = path.join(directory, "deps");
  if (existsSync(deps)) renameSync(deps, modules);
  mkdirSync(path.join(modules, "@runnable"), { recursive: true });
  symlinkSync(core, path.join(modules, "@runnable/core"));

  const expected = readExpected(directory);
  for (const link of expected.links ?? []) {
    symlinkSync(realpathSync(path.join(core, "node_modules", link)), path.join(modules, link));
  }
  const [file = "", exportName = "default"] = (expected.job ?? "main.job.ts").split("#");
  return {
    directory,
    file: path.join(directory, file),
    exportName,
    expected,
    [Symbol.asyncDispose]: async () => rmSync(directory, { recursive: true }),
  };
}

function readExpected(directory: string): Expected {
  return JSON.parse(readFileSync(path.join(directory, "expected.json"), "utf8")) as Expected;
}
