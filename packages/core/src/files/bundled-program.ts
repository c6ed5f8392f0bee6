import { fileURLToPath } from "node:url";

/** Sources, and what is published of them wherever a package manager puts it. */
const isOwnPackage = /\.ts$|\/@runnable\/core\/dist\//u;

/**
 * Absolute path of the one file that holds this code together with a user's program: somebody bundled both. Undefined where core
 * is a package of its own.
 */
export function bundledProgram(): string | undefined {
  const { url } = import.meta;
  return isOwnPackage.test(url) ? undefined : fileURLToPath(url);
}
