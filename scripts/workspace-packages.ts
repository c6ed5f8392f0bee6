import { existsSync, globSync, readFileSync } from "node:fs";
import path from "node:path";

/** One package of the workspace that is published. */
export interface WorkspacePackage {
  /** Absolute. */
  readonly folder: string;
  readonly manifest: PackageManifest;
}

export interface PackageManifest {
  readonly name: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly publishConfig?: {
    readonly bin?: Readonly<Record<string, string>>;
    readonly exports?: Readonly<Record<string, string | { readonly default: string }>>;
  };
  readonly runnable?: Readonly<Record<string, unknown>>;
}

export const root: string = path.resolve(import.meta.dirname, "..");

/** The packages below packages/ and plugins/ that have sources, sorted by folder. */
export function workspacePackages(): readonly WorkspacePackage[] {
  return globSync("{packages,plugins}/*/package.json", { cwd: root })
    .toSorted()
    .map((file) => path.join(root, path.dirname(file)))
    .filter((folder) => existsSync(path.join(folder, "src")))
    .map((folder) => ({ folder, manifest: readManifest(folder) }));
}

function readManifest(folder: string): PackageManifest {
  return JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
}
