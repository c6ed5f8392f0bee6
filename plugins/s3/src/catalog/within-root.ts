import { realpath } from "node:fs/promises";
import { dirname, isAbsolute, join, normalize, sep } from "node:path";

import { RunnableError } from "@runnable/plugin";

/**
 * The absolute path of `relative` below `root`, also when nothing is there yet.
 *
 * @throws RunnableError PATH_OUTSIDE when it is absolute, has `..`, or a symbolic link leads out of the root.
 */
export async function withinRoot(root: string, relative: string): Promise<string> {
  const path = joinWithin(root, relative);
  const [realRoot, realTarget] = await Promise.all([nearestReal(root), nearestReal(path)]);
  if (realTarget !== realRoot && !realTarget.startsWith(realRoot + sep)) {
    throw outside(root, relative, "a link leads out of it");
  }
  return path;
}

/** As {@link withinRoot} by the text alone: links are not looked at. */
export function joinWithin(root: string, relative: string): string {
  if (isAbsolute(relative)) throw outside(root, relative, "it is absolute");
  if (relative.includes("\0")) throw outside(root, relative, "it has a zero byte");
  if (relative.split(/[/\\]/).includes("..")) throw outside(root, relative, "it has `..`");
  return join(root, normalize(relative));
}

/** The real path of the nearest part that exists: what is missing can't be a link. */
async function nearestReal(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    const parent = dirname(path);
    const isMissing = error instanceof Error && "code" in error && error.code === "ENOENT";
    if (!isMissing || parent === path) throw error;
    return nearestReal(parent);
  }
}

function outside(root: string, relative: string, why: string): RunnableError {
  return new RunnableError(
    "PATH_OUTSIDE",
    `${JSON.stringify(relative)} is not within ${root}: ${why}`,
    { hint: "Name files below the directory, with `/` between the parts.", exitCode: 78 },
  );
}
