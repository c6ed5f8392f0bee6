import { mkdirSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";

/** Where what is slow to make is kept between benches; made if missing. Safe to remove. */
export function cacheDirectory(): string {
  const base = process.env["XDG_CACHE_HOME"] || path.join(homedir(), ".cache");
  const directory = path.join(base, "runnable-bench");
  mkdirSync(directory, { recursive: true });
  return directory;
}
