import { closestName } from "../jobs/closest-name.ts";
import type { Finding } from "./finding.ts";
import type { Manifest, ModuleEntry, RedirectEntry } from "./manifest.ts";
import { isRecord, type PackageJson } from "./package-json.ts";
import { parseEntry } from "./parse-entry.ts";
import { manifestKeys, serviceKinds } from "./service-kind.ts";
import { typeName } from "./type-name.ts";

const knownKeys: readonly string[] = ["api", ...Object.values(manifestKeys)];

/** Checks the `runnable` field of a package.json; the short form of an entry, a path alone, becomes the long one. */
export function parseManifest(pkg: PackageJson): Manifest {
  const findings: Finding[] = [];
  const name = pkg.name === "" ? "package.json" : `${pkg.name} ${pkg.version}`;
  const report = (what: string) =>
    findings.push({
      code: "PLUGIN_MANIFEST_INVALID",
      message: `${name} has an invalid "runnable" field: ${what}`,
    });
  const field = isRecord(pkg.runnable) ? pkg.runnable : {};
  if (!isRecord(pkg.runnable)) report(`it must be an object, got ${typeName(pkg.runnable)}`);
  checkKeys(field, report);
  const entries = serviceKinds.map((kind) => [kind, entriesOf(manifestKeys[kind], field, report)]);
  return {
    api: apiOf(field["api"], report),
    entries: Object.fromEntries(entries) as Manifest["entries"],
    findings,
  };
}

type Fields = { readonly [key: string]: unknown };
type Report = (what: string) => void;

// Told, since a misspelt `executors` provides nothing, and no more, since a later core may know more keys.
function checkKeys(field: Fields, report: Report): void {
  for (const key of Object.keys(field)) {
    if (knownKeys.includes(key)) continue;
    const near = closestName(key, knownKeys);
    report(`${key} is not known${near === undefined ? "" : `; did you mean ${near}?`}`);
  }
}

function apiOf(value: unknown, report: Report): readonly number[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value ?? 1];
  const numbers = list.filter((item): item is number => Number.isInteger(item));
  if (numbers.length !== list.length || numbers.length === 0) {
    report("api must be an integer or a list of integers");
  }
  return numbers;
}

function entriesOf(
  key: string,
  field: Fields,
  report: Report,
): ReadonlyMap<string, ModuleEntry | RedirectEntry> {
  const value = field[key] ?? {};
  if (!isRecord(value)) {
    report(`${key} must be an object, got ${typeName(value)}`);
    return new Map();
  }
  const entries = new Map<string, ModuleEntry | RedirectEntry>();
  for (const [type, written] of Object.entries(value)) {
    const entry = parseEntry(written);
    if (typeof entry === "string") report(`${key}.${type}${entry}`);
    else entries.set(type, entry);
  }
  return entries;
}
