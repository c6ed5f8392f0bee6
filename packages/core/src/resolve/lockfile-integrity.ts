import { existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";

/** A package that is installed. */
interface Installed {
  readonly packageName: string;
  readonly version: string;
  /** Real path. */
  readonly directory: string;
}

type Reader = (text: string, installed: Installed, lockDirectory: string) => string | undefined;

const readers: readonly (readonly [file: string, read: Reader])[] = [
  ["pnpm-lock.yaml", fromPnpm],
  ["package-lock.json", fromNpm],
  ["yarn.lock", fromYarn],
  ["bun.lock", fromBun],
];

/** Larger lockfiles are not looked into. */
const largestBytes = 32 << 20;

/**
 * What the project's lockfile says about the bytes of an installed package, for example `sha512-…`; `undefined` for linked
 * packages and where no lockfile has it. A search in the text: parsing a lockfile takes longer than running a job.
 */
export function lockfileIntegrity(
  installed: Installed,
  projectDirectory: string,
): string | undefined {
  const parts = installed.directory.split(path.sep);
  const outermost = parts.indexOf("node_modules");
  if (outermost < 0) return undefined;
  const above = parts.slice(0, outermost).join(path.sep) || path.sep;
  // A package may lie in a store that all projects of the machine share.
  return integrityAbove(above, installed) ?? integrityAbove(projectDirectory, installed);
}

/** By the nearest lockfile at or above a directory. */
function integrityAbove(directory: string, installed: Installed): string | undefined {
  for (let at = directory; ; at = path.dirname(at)) {
    for (const [name, read] of readers) {
      const text = lockfileText(path.join(at, name));
      if (text !== undefined) return read(text, installed, at);
    }
    if (existsSync(path.join(at, ".git")) || path.dirname(at) === at) return undefined;
  }
}

function lockfileText(file: string): string | undefined {
  const size = statSync(file, { throwIfNoEntry: false })?.size;
  return size === undefined || size > largestBytes ? undefined : readFileSync(file, "utf8");
}

/** `'@acme/x@1.0.0':` or `/x@1.0.0:`, then `resolution: {integrity: sha512-…}`. Source: pnpm.io, lockfile versions 6 and 9. */
function fromPnpm(text: string, { packageName, version }: Installed): string | undefined {
  const keys = ["", "/"].flatMap((slash) => {
    const key = `${slash}${packageName}@${version}`;
    return [`\n  '${key}':`, `\n  ${key}:`];
  });
  return valueAfter(text, keys, { end: "\n\n", value: /integrity: ([\w+/=-]+)/ });
}

/** `"node_modules/@acme/x": { … "integrity": "sha512-…" }`. Source: docs.npmjs.com, package-lock.json. */
function fromNpm(
  text: string,
  { directory }: Installed,
  lockDirectory: string,
): string | undefined {
  const inner = path.relative(lockDirectory, directory);
  const key = `"${inner.split(path.sep).join("/")}": {`;
  return valueAfter(text, [key], { end: "\n    }", value: /"integrity": "([^"]+)"/ });
}

/** `"@acme/x@^1.0.0":`, then `version` and `integrity` or, from Yarn 2, `checksum`. Source: yarnpkg.com. */
function fromYarn(text: string, { packageName, version }: Installed): string | undefined {
  for (const block of text.split("\n\n")) {
    const [first = ""] = block.trimStart().split("\n");
    if (!first.includes(`${packageName}@`)) continue;
    const names = first.replaceAll(/["\s]/g, "").split(/,|:$/);
    if (!names.some((name) => name.startsWith(`${packageName}@`))) continue;
    if (!block.includes(`version "${version}"`) && !block.includes(`version: ${version}\n`)) {
      continue;
    }
    return /^ {2}(?:integrity|checksum:) ?(\S+)$/m.exec(block)?.[1];
  }
  return undefined;
}

/** `"@acme/x": ["@acme/x@1.0.0", "", {}, "sha512-…"]`, a line each. Source: bun.sh/docs/install/lockfile. */
function fromBun(text: string, { packageName, version }: Installed): string | undefined {
  const key = `["${packageName}@${version}",`;
  return valueAfter(text, [key], { end: "\n", value: /"(sha\d+-[^"]+)"\]/ });
}

function valueAfter(
  text: string,
  keys: readonly string[],
  { end, value }: { readonly end: string; readonly value: RegExp },
): string | undefined {
  for (const key of keys) {
    const start = text.indexOf(key);
    if (start < 0) continue;
    const stop = text.indexOf(end, start + key.length);
    return value.exec(text.slice(start + key.length, stop < 0 ? undefined : stop))?.[1];
  }
  return undefined;
}
