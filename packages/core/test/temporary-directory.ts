import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A directory of its own, removed at the end. */
export interface TemporaryDirectory extends AsyncDisposable {
  readonly directory: string;
  /** Absolute path of a name below. */
  readonly path: (name: string) => string;
}

/** Writes files by their relative paths. */
export async function temporaryDirectory(
  files: { readonly [path: string]: string | Uint8Array } = {},
): Promise<TemporaryDirectory> {
  const directory = await realpath(await mkdtemp(join(tmpdir(), "runnable-test-")));
  const path = (name: string) => join(directory, name);
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(path(name)), { recursive: true });
    await writeFile(path(name), content);
  }
  return {
    directory,
    path,
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true }),
  };
}
