import { closestName } from "../jobs/closest-name.ts";
import type { FindingSubject, PackageFinding } from "./finding.ts";
import type { Manifest, ModuleEntry, RedirectEntry } from "./manifest.ts";
import { isRecord, type PackageJson } from "./package-json.ts";
import { parseEntry } from "./parse-entry.ts";
import { manifestKeys, serviceKinds, type ServiceKind } from "./service-kind.ts";
import { typeName } from "./type-name.ts";

/** Names that YAML and a shell take without quotes, and that are no path and no full name. */
const writable = /^[a-z0-9][\w.-]*$/iu;
const notWritable = " is no name of a type: use letters, digits, - _ and .";

const knownKeys: readonly string[] = ["api", ...Object.values(manifestKeys)];

/** Checks the `runnable` field of a package.json; the short form of an entry, a path alone, becomes the long one. */
export function parseManifest(pkg: PackageJson): Manifest {
  const findings: PackageFinding[] = [];
  const name = pkg.name === "" ? "package.json" : `${pkg.name} ${pkg.version}`;
  const report: Report = (what, of) =>
    findings.push({
      about: { packageName: pkg.name, version: pkg.version, ...of },
      code: "PLUGIN_MANIFEST_INVALID",
      message: `${name} has an invalid "runnable" field: ${what}`,
    });
  const field = isRecord(pkg.runnable) ? pkg.runnable : {};
  if (!isRecord(pkg.runnable)) report(`it must be an object, got ${typeName(pkg.runnable)}`);
  checkKeys(field, report);
  const entries = serviceKinds.map((kind) => [kind, entriesOf(kind, field, report)]);
  return {
    api: apiOf(field["api"], report),
    entries: Object.fromEntries(entries) as Manifest["entries"],
    findings,
  };
}

type Fields = { readonly [key: string]: unknown };
type Report = (what: string, of?: Pick<FindingSubject, "kind" | "type">) => void;

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
  kind: ServiceKind,
  field: Fields,
  report: Report,
): ReadonlyMap<string, ModuleEntry | RedirectEntry> {
  const key = manifestKeys[kind];
  const value = field[key] ?? {};
  if (!isRecord(value)) {
    report(`${key} must be an object, got ${typeName(value)}`, { kind });
    return new Map();
  }
  const entries = new Map<string, ModuleEntry | RedirectEntry>();
  for (const [type, written] of Object.entries(value)) {
    const entry = writable.test(type) ? parseEntry(written) : notWritable;
    if (typeof entry === "string") report(`${key}.${type}${entry}`, { kind, type });
    else entries.set(type, entry);
  }
  return entries;
}
