import path from "node:path";

/** Whether a type names a file: `./x.ts`, `../x.ts`, or an absolute path. */
export function isFileType(type: string): boolean {
  return type.startsWith("./") || type.startsWith("../") || path.isAbsolute(type);
}
