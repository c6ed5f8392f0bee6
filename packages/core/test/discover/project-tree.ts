import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A directory of real files. */
export interface ProjectTree extends Disposable {
  /** Real path. */
  readonly directory: string;
  readonly path: (name: string) => string;
  /** Writes or replaces a file. */
  readonly write: (name: string, content: string | object) => void;
  readonly link: (name: string, target: string) => void;
}

/** Writes files by their relative paths into a new directory; objects as JSON. It can import `@runnable/plugin` and zod. */
export function projectTree(files: { readonly [path: string]: string | object }): ProjectTree {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), "runnable-tree-")));
  const path = (name: string) => join(directory, name);
  const write = (name: string, content: string | object) => {
    mkdirSync(dirname(path(name)), { recursive: true });
    writeFileSync(path(name), typeof content === "string" ? content : JSON.stringify(content));
  };
  const link = (name: string, target: string) => {
    mkdirSync(dirname(path(name)), { recursive: true });
    symlinkSync(target, path(name));
  };
  for (const [name, content] of Object.entries(files)) write(name, content);
  for (const name of ["@runnable/plugin", "zod"]) {
    link(
      `node_modules/${name}`,
      realpathSync(join(import.meta.dirname, "../../node_modules", name)),
    );
  }
  return {
    directory,
    path,
    write,
    link,
    [Symbol.dispose]: () => rmSync(directory, { recursive: true, force: true }),
  };
}
