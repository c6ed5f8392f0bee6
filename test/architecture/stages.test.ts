import path from "node:path";

import { expect, it } from "vitest";

import { sourceFiles } from "./source-files.ts";

/** The submitter's flow: a stage imports earlier ones only. */
const submitter = [
  "discover",
  "configure",
  "resolve",
  "prepare",
  "place",
  "submit",
  "observe",
  "look-back",
] as const;

/** Folders of core that every folder may import; they import only each other. */
const shared = ["jobs", "files", "stores", "errors", "output", "record"] as const;

/** What a folder of core may import, besides itself and the shared ones. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(submitter.map((stage, index) => [stage, submitter.slice(0, index)])),
  ...Object.fromEntries(shared.map((folder) => [folder, []])),
  // A submission that is shown and not made.
  plan: submitter.slice(0, submitter.indexOf("observe")),
  // What a configuration file may hold, and whether it holds that.
  "config-file": submitter.slice(0, submitter.indexOf("submit")),
  // What packages provide, and why a type means what it means.
  plugins: submitter.slice(0, submitter.indexOf("prepare")),
  // What crashes left, of runs that were looked back at.
  clean: [...submitter],
  // What would go wrong with a run, found out before.
  doctor: [...submitter, "config-file"],
  // The job side where runnable is installed: it finds stores and loads any job file as the submitter does.
  installed: [...submitter.slice(0, submitter.indexOf("observe")), "execute"],
  // The job side travels without the submitter's code.
  execute: [],
  // A job in this process: its output and its sudden ends, told as the job side tells an end.
  direct: ["execute"],
};

/** What the submitter writes and the job side reads, which both may import. */
const handedOver = "packages/core/src/execute/submission.ts";

/** What `job.execute()` imports lazily: a job file carries nothing of the submitter with it. */
const lazily = "packages/core/src/run-job.ts";

const files = sourceFiles("packages/core/src/*/**/*.ts");

/** Files directly in src that know no stage, which every folder may import: `run-request.ts`. */
const vocabulary = sourceFiles("packages/core/src/*.ts")
  .filter((file) => relativeImports(file).every((target) => isShared(folderOf(target))))
  .map((file) => folderOf(file.path));

it("core has no folder outside the flow", () => {
  const folders = new Set(files.map((file) => folderOf(file.path)));

  expect([...folders].filter((folder) => !(folder in allowed))).toEqual([]);
});

it.each(Object.entries(allowed))(
  "core's %s imports only %j and what is shared",
  (folder, earlier) => {
    const may: readonly string[] = [folder, ...earlier, ...shared, ...vocabulary];
    const wrong = files
      .filter((file) => folderOf(file.path) === folder)
      .flatMap((file) => relativeImports(file).map((target) => ({ from: file.path, target })))
      .filter(({ target }) => target !== handedOver && target !== lazily)
      .filter(({ target }) => !may.includes(folderOf(target)));

    expect(wrong).toEqual([]);
  },
);

/** The stage folder of a path; the file itself for what lies directly in src. */
function folderOf(file: string): string {
  return file.split("/")[3] ?? "";
}

function isShared(folder: string): boolean {
  return shared.some((name) => name === folder);
}

function relativeImports(file: {
  readonly path: string;
  readonly imports: readonly string[];
}): string[] {
  return file.imports
    .filter((id) => id.startsWith("."))
    .map((id) => path.posix.join(path.posix.dirname(file.path), id));
}
