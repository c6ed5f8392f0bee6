import { join } from "node:path";

import { RunnableError } from "@runnable/plugin";

import { errorCode } from "../files/error-code.ts";
import { isInside } from "../files/within-root.ts";

/** Codes whose error names no path when it comes of a write to an open file. */
const full: ReadonlySet<string | undefined> = new Set(["ENOSPC", "EDQUOT"]);

/** A failed write below `.runnable` in words; any other error as it is. */
export function projectUnwritable(error: unknown, projectDirectory: string): unknown {
  const own = join(projectDirectory, ".runnable");
  const path = error instanceof Error && "path" in error ? String(error.path) : undefined;
  const ours = path === undefined ? full.has(errorCode(error)) : isInside(own, path);
  if (!ours) return error;
  return new RunnableError("PROJECT_UNWRITABLE", `can't write to ${own} (${errorCode(error)})`, {
    hint: "A run is staged and noted there before it is sent: make the project directory writable, with room left.",
    cause: error,
    exitCode: 78,
  });
}
