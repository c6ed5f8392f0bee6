import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";

/** How a package manager lays out `node_modules`: all side by side (npm), or in a store with links to the direct ones (pnpm). */
export type Layout = "hoisted" | "isolated";

/** An installed project. */
export interface PackageTree {
  readonly directory: string;
  /** Makes the first `count` packages the project's direct dependencies; gives the package.json files that they have. */
  readonly depend: (count: number) => readonly string[];
}

/** Linked into `node_modules` where the layout is isolated: no project depends on more. */
const mostDirect = 250;
const storeFolder = ".pnpm";

/** Writes a tree of so many packages of a usual size; the first is a plugin that provides `my-platform`. */
export function createPackageTree(
  directory: string,
  layout: Layout,
  packages: number,
): PackageTree {
  const names = Array.from({ length: packages }, (_, index) => nameOf(index));
  const modules = path.join(directory, "node_modules");
  for (const [index, name] of names.entries()) {
    const folder = layout === "hoisted" ? path.join(modules, name) : storePath(modules, name);
    writePackage(folder, name, index === 0);
    if (layout === "isolated" && index < mostDirect) link(path.join(modules, name), folder);
  }
  return { directory, depend: (count) => depend(directory, names.slice(0, count)) };
}

/** One of four is in a scope. */
function nameOf(index: number): string {
  return index % 4 === 3 ? `@scope-${index % 20}/package-${index}` : `package-${index}`;
}

function storePath(modules: string, name: string): string {
  const folder = `${name.replace("/", "+")}@1.0.0`;
  return path.join(modules, storeFolder, folder, "node_modules", name);
}

function link(place: string, target: string): void {
  mkdirSync(path.dirname(place), { recursive: true });
  symlinkSync(path.relative(path.dirname(place), target), place);
}

function writePackage(folder: string, name: string, isPlugin: boolean): void {
  mkdirSync(folder, { recursive: true });
  if (isPlugin) writeFileSync(path.join(folder, "index.js"), "");
  const runnable = isPlugin ? { runnable: { executors: { "my-platform": "./index.js" } } } : {};
  const description = "x".repeat(1500);
  writeManifest(folder, { name, version: "1.0.0", main: "./index.js", description, ...runnable });
}

function depend(directory: string, names: readonly string[]): readonly string[] {
  const dependencies = Object.fromEntries(names.map((name) => [name, "1.0.0"]));
  writeManifest(directory, { name: "project", private: true, dependencies });
  return names.map((name) => path.join(directory, "node_modules", name, "package.json"));
}

function writeManifest(folder: string, manifest: object): void {
  writeFileSync(path.join(folder, "package.json"), JSON.stringify(manifest, undefined, 2));
}
