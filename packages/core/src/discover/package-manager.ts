import { existsSync } from "node:fs";
import path from "node:path";

import { nearestPackageDirectory, readPackageJson } from "./package-json.ts";

/** A package manager that we can name commands of. */
export type PackageManager = "npm" | "pnpm" | "yarn" | "bun";

const lockfiles: readonly (readonly [file: string, manager: PackageManager])[] = [
  ["pnpm-lock.yaml", "pnpm"],
  ["yarn.lock", "yarn"],
  ["bun.lock", "bun"],
  ["bun.lockb", "bun"],
  ["package-lock.json", "npm"],
];

const addCommands: Readonly<Record<PackageManager, string>> = {
  npm: "npm install",
  pnpm: "pnpm add",
  yarn: "yarn add",
  bun: "bun add",
};

const developmentFlags: Readonly<Record<PackageManager, string>> = {
  npm: "--save-dev",
  pnpm: "-D",
  yarn: "-D",
  bun: "-d",
};

/** The command that adds a package to the project of a directory, among what development needs unless told otherwise. */
export function installCommand(
  directory: string,
  packageName: string,
  { development = true }: { readonly development?: boolean } = {},
): string {
  const manager = packageManagerOf(directory);
  const flags = [
    ...(development ? [developmentFlags[manager]] : []),
    // Without it pnpm adds nothing to the root of a workspace.
    ...(manager === "pnpm" && isWorkspaceRoot(directory) ? ["-w"] : []),
  ];
  return [addCommands[manager], ...flags, packageName].join(" ");
}

/** The command that installs what package.json already lists. */
export function installAllCommand(directory: string): string {
  return `${packageManagerOf(directory)} install`;
}

/** The package manager of a directory's project: by the `packageManager` field or the lockfile nearest above; npm when there is neither. */
export function packageManagerOf(directory: string): PackageManager {
  for (let at = directory; ; at = path.dirname(at)) {
    const named = readPackageJson(at)?.packageManager?.split("@")[0];
    if (named === "npm" || named === "pnpm" || named === "yarn" || named === "bun") return named;
    const found = lockfiles.find(([file]) => existsSync(path.join(at, file)));
    if (found) return found[1];
    if (existsSync(path.join(at, ".git")) || path.dirname(at) === at) return "npm";
  }
}

function isWorkspaceRoot(directory: string): boolean {
  const project = nearestPackageDirectory(directory);
  return project !== undefined && existsSync(path.join(project, "pnpm-workspace.yaml"));
}
