import { readFile } from "node:fs/promises";
import path from "node:path";

/**
 * The address of a repository's `origin`, without user and password; undefined when there is none. `gitPath` is the repository's
 * `.git`: a directory, or the file of a work tree or submodule. Source: git-scm.com/docs/gitrepository-layout.
 */
export async function gitRemote(gitPath: string): Promise<string | undefined> {
  const config = await readText(path.join(await commonDirectory(gitPath), "config"));
  const section = /^\[remote "origin"\]\s*\n((?:\s*[^[\s].*\n?|\s*\n)*)/mu.exec(config)?.[1] ?? "";
  const url = /^\s*url\s*=\s*(.+?)\s*$/mu.exec(section)?.[1];
  return url === undefined ? undefined : withoutCredentials(url.replace(/^"(.*)"$/u, "$1"));
}

/** Where the config is: a work tree shares it with the repository that it belongs to. */
async function commonDirectory(gitPath: string): Promise<string> {
  const link = /^gitdir: (.+?)\s*$/u.exec(await readText(gitPath))?.[1];
  if (link === undefined) return gitPath;
  const directory = path.resolve(path.dirname(gitPath), link);
  const common = (await readText(path.join(directory, "commondir"))).trim();
  return path.resolve(directory, common);
}

/** A token in an address is no fact of the code. */
function withoutCredentials(remote: string): string {
  const url = URL.parse(remote);
  if (url === null || (url.username === "" && url.password === "")) return remote;
  url.username = "";
  url.password = "";
  return url.href;
}

async function readText(file: string): Promise<string> {
  return readFile(file, "utf8").catch(() => "");
}
