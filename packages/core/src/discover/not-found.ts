import path from "node:path";

import { closestName } from "../jobs/closest-name.ts";
import { namesOf } from "./built-ins.ts";
import type { Candidate } from "./candidate.ts";
import type { Finding } from "./finding.ts";
import { knownTypeNames, packageOfKnownType } from "./known-types.ts";
import { installCommand } from "./package-manager.ts";
import type { Qualified } from "./qualified.ts";
import type { Scan } from "./scan.ts";
import { kindCodes, kindWords, type ServiceKind } from "./service-kind.ts";

/** A type that was asked for, and where. */
export interface Query {
  readonly kind: ServiceKind;
  readonly type: string;
  /** Absolute. */
  readonly projectDirectory: string;
}

/** Why a short name has no answer: what was meant, the package that brings it, what is known, what was searched. */
export function notFound(query: Query, scan: Scan, known: readonly Candidate[]): Finding {
  const { kind, type, projectDirectory } = query;
  const ofKind = known.filter((item) => item.kind === kind);
  const lines = [
    packageLine(query, scan) ?? suggestion(query, ofKind),
    ...scan.findings.map((finding) => finding.message),
    `Known here: ${ofKind.map((item) => describe(item, projectDirectory)).join(", ") || "none"}.`,
    `Searched: ${searched(scan, projectDirectory)}.`,
  ];
  return {
    code: `${kindCodes[kind]}_NOT_FOUND`,
    message: `no ${kindWords[kind]} named "${type}"`,
    hint: lines.filter((line) => line !== undefined).join("\n"),
  };
}

/** Why a full name has no answer. */
export function qualifiedNotFound(
  query: Query,
  names: { readonly packageName: string; readonly name: string },
  { state }: Exclude<Qualified, { candidate: Candidate }>,
): Finding {
  const command = installCommand(query.projectDirectory, names.packageName);
  const reasons = {
    "not-listed": [`${names.packageName} is not a dependency of this project`, `Run: ${command}`],
    "not-installed": [
      `${names.packageName} is in package.json but not installed`,
      `Run: ${command.split(" ")[0]} install`,
    ],
    "no-such-type": [
      `${names.packageName} has no ${kindWords[query.kind]} named "${names.name}"`,
      `Look into the "runnable" field of its package.json.`,
    ],
  } as const;
  const [message, hint] = reasons[state];
  return { code: `${kindCodes[query.kind]}_NOT_FOUND`, message, hint };
}

function packageLine({ kind, type, projectDirectory }: Query, scan: Scan): string | undefined {
  const packageName = packageOfKnownType(kind, type);
  if (!packageName) return undefined;
  const command = installCommand(projectDirectory, packageName);
  const run = scan.missing.includes(packageName) ? `${command.split(" ")[0]} install` : command;
  return `"${type}" is provided by ${packageName}, which is not installed. Run: ${run}`;
}

function suggestion({ kind, type, projectDirectory }: Query, known: readonly Candidate[]) {
  const near = closestName(type, [...known.flatMap(namesOf), ...knownTypeNames(kind)]);
  if (near === undefined) return undefined;
  const brought = packageOfKnownType(kind, near);
  const installed = known.some((item) => namesOf(item).includes(near));
  if (installed || !brought) return `Did you mean "${near}"?`;
  return `Did you mean "${near}", of ${brought}? Run: ${installCommand(projectDirectory, brought)}`;
}

function describe(item: Candidate, projectDirectory: string): string {
  if (item.scope === "built-in") return `${item.type} (built in)`;
  if (item.scope === "project") {
    return `${item.type} (${relative(item.provider.directory, projectDirectory)}package.json)`;
  }
  return `${item.type} (${item.packageName} ${item.version})`;
}

function searched(scan: Scan, projectDirectory: string): string {
  const files = scan.searched.map(
    ({ file, packages }) =>
      `${path.isAbsolute(file) ? path.relative(projectDirectory, file) : file} (${packages} packages)`,
  );
  return files.join(", ") || "no package.json is here";
}

function relative(directory: string, from: string): string {
  const steps = path.relative(from, directory);
  return steps === "" ? "./" : `${steps}/`;
}
