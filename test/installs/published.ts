import { cp, mkdir, mkdtemp, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";

import type { NpmRegistry } from "../engines/npm-registry/start-registry.ts";
import { packedPackages } from "../support/packed-packages.ts";
import { mustRun } from "../support/run-program.ts";

const root = path.resolve(import.meta.dirname, "../..");
const packMs = 120_000;

/** Integrity of each package that was published, by `name@version`. */
export interface Published {
  readonly [nameAndVersion: string]: string;
}

/** Publishes our packages, the fixtures and the example to a registry, packed by npm. */
export async function publishAll(registry: NpmRegistry, directory: string): Promise<Published> {
  const ours = await tarballsIn((await packedPackages()).tarballs);
  const plugins = path.join(root, "test/fixtures/plugins");
  const fixtures = (await readdir(plugins)).map((name) => path.join(plugins, name));
  const contract = ours.find((file) => /plugin-\d[^/]*\.tgz$/.test(file)) ?? "";
  const others = [
    path.join(root, "test/fixtures/acme-stores"),
    path.join(root, "examples/my-platform"),
    await withVersion(path.join(plugins, "two-versions"), "2.0.0", directory),
    await withVersion(await unpack(contract, directory), "0.0.9", directory),
  ];
  const packed = path.join(directory, "packed");
  await mkdir(packed);
  await mustRun(["npm", "pack", "--pack-destination", packed, ...fixtures, ...others], {
    cwd: directory,
    env: { ...process.env, PATH: toolPath() },
    timeoutMs: packMs,
  });
  // The older version of the contract first: whoever comes last is `latest`.
  const all = [...(await tarballsIn(packed)), ...ours];
  const published: Record<string, string> = {};
  for (const tarball of all) {
    const { name, version, integrity } = await registry.publish(tarball);
    published[`${name}@${version}`] = integrity;
  }
  return published;
}

async function tarballsIn(directory: string): Promise<readonly string[]> {
  const names = (await readdir(directory)).filter((name) => name.endsWith(".tgz"));
  return names.toSorted().map((name) => path.join(directory, name));
}

async function unpack(tarball: string, directory: string): Promise<string> {
  const target = await mkdtemp(path.join(directory, "unpacked-"));
  const argv = ["tar", "-xzf", tarball, "-C", target];
  await mustRun(argv, { cwd: directory, env: process.env, timeoutMs: packMs });
  return path.join(target, "package");
}

/** A copy of a package as another version. */
async function withVersion(original: string, version: string, directory: string): Promise<string> {
  const copy = await mkdtemp(path.join(directory, "version-"));
  await cp(original, copy, { recursive: true });
  const file = path.join(copy, "package.json");
  const manifest = JSON.parse(await readFile(file, "utf8")) as object;
  await writeFile(file, JSON.stringify({ ...manifest, version }));
  return copy;
}

/** Where the tools of the repository are, for the example's own build. */
function toolPath(): string {
  return [path.join(root, "node_modules/.bin"), process.env["PATH"]].join(path.delimiter);
}
