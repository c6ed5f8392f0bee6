import path from "node:path";

import { isInside } from "../../files/within-root.ts";

/** Whether a module is the user's own: of the project, not of a package. */
export function isOwnModule(file: string, projectDirectory: string): boolean {
  const parts = path.relative(projectDirectory, file).split(path.sep);
  return isInside(projectDirectory, file) && !parts.includes("node_modules");
}
