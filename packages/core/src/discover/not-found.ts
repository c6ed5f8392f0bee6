import path from "node:path";

import { closestName } from "../jobs/closest-name.ts";
import { fullNameOf, namesOf, type Candidate } from "./candidate.ts";
import type { Finding } from "./finding.ts";
import { hiddenProviderLines } from "./hidden-provider.ts";
import { knownTypeNames, packageOfKnownType } from "./known-types.ts";
import { installAllCommand, installCommand } from "./package-manager.ts";
import type { Query } from "./query.ts";
import type { Scan } from "./scan.ts";
import { kindCodes, kindWords } from "./service-kind.ts";
import type { Sources } from "./sources.ts";

/** Why a short name has no answer: what was meant, what brings it, what is known, what was searched. */
export function notFound(query: Query, sources: Sources, known: readonly Candidate[]): Finding {
  const { kind, type, projectDirectory } = query;
  const scan = sources.scan();
  const ofKind = known.filter((item) => item.kind === kind);
  const hidden = hiddenProviderLines(query, sources);
  const brought = hidden.length > 0 ? undefined : packageLine(query, scan);
  // A package that has the very type and is broken is what was meant, before all that is broken besides.
  const meant = scan.findings.filter(({ about }) => about.kind === kind && about.type === type);
  const lines = [
    ...meant.map(({ message }) => message),
    ...hidden,
    brought,
    otherKindLine(query, known),
    hidden.length > 0 || brought || meant.length > 0 ? undefined : suggestion(query, ofKind),
    ...missingLines(query, scan, brought !== undefined),
    ...scan.findings.filter((item) => !meant.includes(item)).map(({ message }) => message),
    `Known here: ${ofKind.map((item) => describe(item, projectDirectory)).join(", ") || "none"}.`,
    `Searched: ${searched(scan, projectDirectory)}.`,
  ];
  return {
    code: `${kindCodes[kind]}_NOT_FOUND`,
    message: `no ${kindWords[kind]} named "${type}"`,
    hint: lines.filter((line) => line !== undefined).join("\n"),
  };
}

function packageLine({ kind, type, projectDirectory }: Query, scan: Scan): string | undefined {
  const packageName = packageOfKnownType(kind, type);
  if (!packageName) return undefined;
  const run = scan.missing.some(({ name }) => name === packageName)
    ? installAllCommand(projectDirectory)
    : installCommand(projectDirectory, packageName);
  return `"${type}" is provided by ${packageName}, which is not installed. Run: ${run}`;
}

function otherKindLine({ kind, type }: Query, known: readonly Candidate[]): string | undefined {
  const other = known.find((item) => item.kind !== kind && namesOf(item).includes(type));
  if (!other) return undefined;
  return `"${type}" is a type of the section ${other.kind}, not of ${kind}.`;
}

function suggestion(
  { kind, type, projectDirectory }: Query,
  known: readonly Candidate[],
): string | undefined {
  const ofPackage = known.find(({ packageName }) => packageName === type);
  if (ofPackage) return `That is a package. Write "${fullNameOf(ofPackage)}".`;
  const near = closestName(type, [...known.flatMap(namesOf), ...knownTypeNames(kind)]);
  if (near === undefined) return undefined;
  const brought = packageOfKnownType(kind, near);
  const installed = known.some((item) => namesOf(item).includes(near));
  if (installed || !brought) return `Did you mean "${near}"?`;
  return `Did you mean "${near}", of ${brought}? Run: ${installCommand(projectDirectory, brought)}`;
}

/** Any package that should be there and is not may have been meant. */
function missingLines(
  { projectDirectory, kind, type }: Query,
  { missing }: Scan,
  isKnown: boolean,
): readonly string[] {
  const told = isKnown ? packageOfKnownType(kind, type) : undefined;
  const names = missing
    .filter(({ name, scope, optional }) => !optional && scope !== "config" && name !== told)
    .map(({ name }) => name);
  if (names.length === 0) return [];
  const [few, more] = [names.slice(0, 3), names.length - 3];
  const list = more > 0 ? `${few.join(", ")} and ${more} more` : few.join(", ");
  const are = names.length === 1 ? "is" : "are";
  return [
    `${list} ${are} in package.json but not installed. Run: ${installAllCommand(projectDirectory)}`,
  ];
}

function describe(item: Candidate, projectDirectory: string): string {
  if (item.scope === "built-in") return `${item.type} (built in)`;
  if (item.scope === "project") {
    return `${item.type} (${relative(item.provider.directory, projectDirectory)}package.json)`;
  }
  return `${item.type} (${item.packageName} ${item.version})`;
}

function searched({ searched: places }: Scan, projectDirectory: string): string {
  const names = places.map(({ file, packages }) => {
    const name = path.isAbsolute(file) ? path.relative(projectDirectory, file) : file;
    return `${name} (${packages} ${packages === 1 ? "package" : "packages"})`;
  });
  return names.join(", ") || "no package.json is here";
}

function relative(directory: string, from: string): string {
  const steps = path.relative(from, directory);
  return steps === "" ? "./" : `${steps}/`;
}
