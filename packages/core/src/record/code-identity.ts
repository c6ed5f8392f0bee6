import { existsSync } from "node:fs";
import path from "node:path";

import { nodeCrypto } from "../files/node-crypto.ts";
import { sha256File } from "../files/sha256-file.ts";
import { gitState } from "./git-state.ts";
import { realPath } from "./real-path.ts";
import type { CodeIdentity } from "./run-record.ts";

/** What the code of a run consists of. */
export interface CodeParts {
  /** Absolute. */
  readonly projectDirectory: string;
  /** Absolute paths. Those of the project count; packages are told by the lockfile and the bundle. */
  readonly modules: readonly string[];
  /** Absolute paths of the files that the job declares. */
  readonly files: readonly string[];
  /** `sha256:<hex>`. */
  readonly bundleDigest?: string;
}

const lockfiles = [
  "package-lock.json",
  "pnpm-lock.yaml",
  "yarn.lock",
  "bun.lock",
  "bun.lockb",
] as const;

/**
 * Which code it is: equal for equal bytes at equal places within the project. Git runs meanwhile; without git or a repository
 * `git` is missing.
 */
export async function codeIdentity(parts: CodeParts): Promise<CodeIdentity> {
  const { bundleDigest } = parts;
  // Modules are known by their real paths.
  const projectDirectory = realPath(parts.projectDirectory);
  const own = parts.modules.map(realPath).filter((file) => isOwn(file, projectDirectory));
  const files = [...new Set([...own, ...parts.files.map(realPath)])];
  const lockfile = lockfileOf(projectDirectory);
  const [git, ...lines] = await Promise.all([
    gitState(projectDirectory, files),
    ...[...files, ...lockfile].map((file) => digestLine(file, projectDirectory)),
  ]);
  const bundle = bundleDigest === undefined ? [] : [`bundle\0${bundleDigest}`];
  const text = [...lines.toSorted(), ...bundle].join("\n");
  const digest = `sha256:${nodeCrypto().createHash("sha256").update(text).digest("hex")}`;
  return git === undefined ? { digest } : { digest, git };
}

async function digestLine(file: string, projectDirectory: string): Promise<string> {
  const name = path.relative(projectDirectory, file).replaceAll(path.sep, "/");
  // A file that went away since is a change too.
  const digest = await sha256File(file).catch(() => "missing");
  return `${name}\0${digest}`;
}

function isOwn(file: string, projectDirectory: string): boolean {
  const parts = path.relative(projectDirectory, file).split(path.sep);
  return path.isAbsolute(file) && parts[0] !== ".." && !parts.includes("node_modules");
}

/** The lockfile of the project, or of the workspace that it is in: the nearest above. */
function lockfileOf(directory: string): readonly string[] {
  for (let at = directory; ; at = path.dirname(at)) {
    const found = lockfiles.map((name) => path.join(at, name)).find((file) => existsSync(file));
    if (found !== undefined) return [found];
    if (existsSync(path.join(at, ".git")) || path.dirname(at) === at) return [];
  }
}
