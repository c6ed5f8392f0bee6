import { existsSync } from "node:fs";
import path from "node:path";

import type { WorkspacePackage } from "./workspace-packages.ts";

/**
 * The modules that a published package offers, as `{ "stores/dotenv-secrets": <absolute source> }`:
 * what its package.json names in publishConfig.exports, publishConfig.bin and the `runnable` manifest.
 * A file that has no source yet is left out, and said; the build then fails at its end.
 */
export function packageEntries(pkg: WorkspacePackage): Readonly<Record<string, string>> {
  const entries = builtFiles(pkg).map((built) => {
    const name = built.replace(/^\.\/dist\//u, "").replace(/\.js$/u, "");
    return [name, path.join(pkg.folder, "src", `${name}.ts`)] as const;
  });

  for (const [, source] of entries.filter(([, file]) => !existsSync(file))) {
    console.error(`${pkg.manifest.name}: ${source} is missing, and package.json names it`);
    process.exitCode = 1;
  }
  return Object.fromEntries(entries.filter(([, source]) => existsSync(source)));
}

function builtFiles({ manifest }: WorkspacePackage): readonly string[] {
  const { exports = {}, bin = {} } = manifest.publishConfig ?? {};
  const targets = Object.values(exports).map((target) =>
    typeof target === "string" ? target : target.default,
  );
  return [...targets, ...Object.values(bin), ...manifestFiles(manifest.runnable)].filter(isBuilt);
}

/** Every string in the `runnable` manifest that names a built module: `entry`, `jobSide`, the short form. */
function manifestFiles(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(manifestFiles);
}

function isBuilt(file: string): boolean {
  return file.startsWith("./dist/") && file.endsWith(".js");
}
