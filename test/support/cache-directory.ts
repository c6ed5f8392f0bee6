import { mkdirSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";

/** Where what tests download is kept for later runs; made if missing. Safe to remove. */
export function cacheDirectory(): string {
  const base = process.env["XDG_CACHE_HOME"] || path.join(homedir(), ".cache");
  const directory = path.join(base, "runnable-tests");
  mkdirSync(directory, { recursive: true });
  return directory;
}
