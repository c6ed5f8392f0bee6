import path from "node:path";

/** A file as seen from the working directory, or absolute where that is shorter. */
export function shortPath(file: string, cwd: string): string {
  const relative = path.relative(cwd, file);
  return relative.length < file.length ? relative : file;
}
