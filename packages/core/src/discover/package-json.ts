import { existsSync } from "node:fs";
import path from "node:path";

import { readIfThere } from "./read-file.ts";

/** What discovery reads of a package.json; every field is checked, none is trusted. */
export interface PackageJson {
  readonly name: string;
  readonly version: string;
  /** Of all four kinds, sorted by code point. */
  readonly dependencies: readonly string[];
  /** Those that only development needs. */
  readonly development: readonly string[];
  /** Those that may be absent: optional ones and peers. */
  readonly optional: readonly string[];
  /** What `peerDependencies` says of `@runnable/plugin`. */
  readonly contract: string | undefined;
  /** Whether it is the root of an npm, Yarn or Bun workspace. */
  readonly workspaces: boolean;
  /** For example `pnpm@12.21.0`. */
  readonly packageManager: string | undefined;
  /** The `runnable` field as it is. */
  readonly runnable: unknown;
}

const dependencyFields = [
  "dependencies",
  "optionalDependencies",
  "devDependencies",
  "peerDependencies",
];

/** Reads the text of a package.json. A part that has the wrong shape counts as absent; `undefined` when it is not JSON. */
export function parsePackageJson(bytes: Buffer): PackageJson | undefined {
  const fields = parseFields(bytes);
  if (!fields) return undefined;
  const [needed = [], optional = [], development = [], peers = []] = dependencyFields.map((field) =>
    keysOf(fields[field]),
  );
  const { peerDependencies } = fields;
  return {
    name: text(fields["name"]) ?? "",
    version: text(fields["version"]) ?? "0.0.0",
    dependencies: [...new Set([...needed, ...optional, ...development, ...peers])].toSorted(),
    development: development.filter((name) => !needed.includes(name)),
    optional: [...optional, ...peers].filter((name) => ![...needed, ...development].includes(name)),
    contract: isRecord(peerDependencies) ? text(peerDependencies["@runnable/plugin"]) : undefined,
    workspaces: fields["workspaces"] !== undefined,
    packageManager: text(fields["packageManager"]),
    runnable: fields["runnable"],
  };
}

/** The nearest directory at or above this one that has a package.json. */
export function nearestPackageDirectory(directory: string): string | undefined {
  for (let at = directory; ; at = path.dirname(at)) {
    if (existsSync(path.join(at, "package.json"))) return at;
    if (path.dirname(at) === at) return undefined;
  }
}

/** The package.json of a directory; `undefined` if there is none, or it is not JSON. */
export function readPackageJson(directory: string): PackageJson | undefined {
  const bytes = readIfThere(path.join(directory, "package.json"));
  return bytes && parsePackageJson(bytes);
}

/** Whether a value is an object that is neither `null` nor an array. */
export function isRecord(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parseFields(bytes: Buffer): { readonly [key: string]: unknown } | undefined {
  try {
    const json: unknown = JSON.parse(bytes.toString("utf8").replace(/^\uFEFF/, ""));
    return isRecord(json) ? json : {};
  } catch {
    return undefined;
  }
}

function keysOf(value: unknown): readonly string[] {
  return isRecord(value) ? Object.keys(value) : [];
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
