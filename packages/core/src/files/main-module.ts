import { statSync } from "node:fs";

/** Absolute path of the module that this process was started with; undefined for `node --eval` and the like. */
export function mainModule(): string | undefined {
  const file = process.argv[1];
  if (file === undefined) return undefined;
  return statSync(file, { throwIfNoEntry: false })?.isFile() === true ? file : undefined;
}
