import { mkdir, readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";

/** Places that only this process sees: Yarn PnP shows archives as directories. Source: yarnpkg.com/advanced/pnpapi, "resolveVirtual". */
const insideArchive = /\.zip[\\/]|[\\/]__virtual__[\\/]/u;

/** The path of a file's bytes for every program of this machine: the file's own, else that of a copy, which is made at `copy`. */
export async function unpackedFile(source: string, copy: string): Promise<string> {
  if (!process.versions["pnp"] || !insideArchive.test(source)) return source;
  const { mode } = await stat(source);
  await mkdir(path.dirname(copy), { recursive: true });
  await writeFile(copy, await readFile(source), { mode: mode & 0o777 });
  return copy;
}
