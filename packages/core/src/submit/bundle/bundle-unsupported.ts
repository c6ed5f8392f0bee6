import path from "node:path";

import { RunnableError } from "@runnable/plugin";

import type { BundleFinding, FindingKind } from "./finding.ts";

const reasons: Readonly<Record<FindingKind, string>> = {
  addon: "loads a native addon",
  require: "requires a module that is chosen at run time",
  import: "imports a module that is chosen at run time",
  worker: "starts a worker from a file that is chosen at run time",
  place: "makes a path beside the module from a variable, so that the file does not travel",
};

/** The error that names every place whose code can't travel in a bundle. */
export function bundleUnsupported(
  file: string,
  findings: readonly BundleFinding[],
  projectDirectory: string,
): RunnableError {
  const lines = findings.map((finding) => `\n  ${describeFinding(finding, projectDirectory)}`);
  return new RunnableError(
    "BUNDLE_UNSUPPORTED",
    `${path.relative(projectDirectory, file)} cannot travel in a bundle:${lines.join("")}`,
    {
      hint: "Name what it loads by a literal, or set `code: mount` or `code: image` in the executor's config.",
      exitCode: 78,
    },
  );
}

/** `src/model.ts:12:3 imports a module that is chosen at run time: import(name)`. */
export function describeFinding(finding: BundleFinding, projectDirectory: string): string {
  const file = path.relative(projectDirectory, finding.file);
  return `${file}:${finding.line}:${finding.column} ${reasons[finding.kind]}: ${finding.text}`;
}
