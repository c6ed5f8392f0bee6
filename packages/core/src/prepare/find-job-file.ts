import { statSync } from "node:fs";
import { extname, resolve } from "node:path";

import { RunnableError } from "@runnable/plugin";

const extensions: readonly string[] = [".ts", ".mts", ".cts", ".js", ".mjs", ".cjs"];

/** Absolute path of a job file. @throws RunnableError JOB_FILE_MISSING when it is not there, JOB_FILE_UNSUPPORTED when it is no file of JavaScript or TypeScript. */
export function findJobFile(path: string): string {
  const file = resolve(path);
  const found = statSync(file, { throwIfNoEntry: false });
  if (path === "" || !found) throw refused("JOB_FILE_MISSING", `there is no file ${path || '""'}`);
  if (found.isDirectory()) throw refused("JOB_FILE_UNSUPPORTED", `${path} is a directory`);
  if (extensions.includes(extname(file))) return file;
  throw refused("JOB_FILE_UNSUPPORTED", `${path} is no file of JavaScript or TypeScript`);
}

function refused(code: string, message: string): RunnableError {
  return new RunnableError(code, message, {
    hint: "Give the path of a job file, relative to the working directory, for example train.job.ts.",
    exitCode: 78,
  });
}
