import { existsSync } from "node:fs";
import path from "node:path";

import { isInside } from "../files/within-root.ts";
import { gitRemote } from "./git-remote.ts";
import { realPath } from "./real-path.ts";
import type { CodeIdentity } from "./run-record.ts";

const timeoutMs = 10_000;
/** More would not fit into a command line everywhere. */
const mostNamed = 500;

/**
 * The commit that a project stands at, and which of some files (absolute) are not as in that commit: modified, staged, untracked
 * or ignored. Undefined without git, without a repository or a first commit, or when git takes more than 10 s.
 */
export async function gitState(
  projectDirectory: string,
  files: readonly string[],
): Promise<CodeIdentity["git"]> {
  const root = repositoryOf(projectDirectory);
  if (root === undefined) return undefined;
  const named = files.map(realPath).filter((file) => isInside(root, file));
  // One process: starting one stops this one for some milliseconds.
  const [status, remote] = await Promise.all([
    git(root, statusArguments(named, root)),
    gitRemote(path.join(root, ".git")),
  ]);
  const { commit, changed } = readStatus(status ?? "");
  if (commit === undefined) return undefined;
  const project = realPath(projectDirectory);
  const dirty = named
    .filter((file) => changed.has(slashed(path.relative(root, file))))
    .map((file) => slashed(path.relative(project, file)))
    .toSorted();
  return { commit, dirty, ...(remote === undefined ? {} : { remote }) };
}

/** Found by ourselves: outside of a repository no process is started. */
function repositoryOf(directory: string): string | undefined {
  for (let at = realPath(directory); ; at = path.dirname(at)) {
    if (existsSync(path.join(at, ".git"))) return at;
    if (path.dirname(at) === at) return undefined;
  }
}

/** Source: git-scm.com/docs/git-status. */
function statusArguments(files: readonly string[], root: string): readonly string[] {
  const options = ["--porcelain=v2", "--branch", "-z", "--untracked-files=all", "--ignored"];
  const paths = files.map((file) => slashed(path.relative(root, file)));
  const named = paths.length > 0 && paths.length <= mostNamed ? paths : ["."];
  return ["--literal-pathspecs", "status", ...options, "--", ...named];
}

/** Entries end with NUL; a renamed file's former name is an entry of its own, without a mark. */
function readStatus(text: string): {
  readonly commit: string | undefined;
  readonly changed: ReadonlySet<string>;
} {
  let commit: string | undefined;
  const changed = new Set<string>();
  for (const entry of text.split("\0")) {
    const oid = /^# branch\.oid ([0-9a-f]+)$/u.exec(entry)?.[1];
    commit ??= oid;
    // `1 XY sub mH mI mW hH hI path`, `2 XY … score path`, `u …`, `? path`, `! path`.
    const file = /^(?:1(?: \S+){7}|2(?: \S+){8}|u(?: \S+){9}|[?!]) (.+)$/su.exec(entry)?.[1];
    if (file !== undefined) changed.add(file);
  }
  return { commit, changed };
}

async function git(cwd: string, argv: readonly string[]): Promise<string | undefined> {
  // Lazily: it takes 3 ms, and there may be no repository.
  const { execFile } = await import("node:child_process");
  const { GIT_DIR: _dir, GIT_WORK_TREE: _tree, ...env } = process.env;
  const options = {
    cwd,
    env: { ...env, GIT_OPTIONAL_LOCKS: "0", LC_ALL: "C" },
    timeout: timeoutMs,
    maxBuffer: 64 * 1024 * 1024,
  };
  return new Promise((resolve) => {
    execFile("git", argv, options, (error, stdout) => resolve(error === null ? stdout : undefined));
  });
}

function slashed(file: string): string {
  return file.replaceAll(path.sep, "/");
}
