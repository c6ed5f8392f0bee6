import { namesOf, type Candidate } from "../discover/candidate.ts";
import type { Discovery } from "../discover/discovery.ts";
import { isFileType } from "../discover/is-file-type.ts";
import type { ServiceKind } from "../discover/service-kind.ts";

/** A type that a file may name. */
export interface OfferedType {
  readonly candidate: Candidate;
  /** What may be written: its name and aliases where they mean no other, and `package:type`. */
  readonly names: readonly string[];
}

/**
 * The types of a kind that can be used here, not those that are ambiguous, not allowed or for another core; and of the modules of
 * the project those that `written` names.
 */
export function offeredTypes(
  discovery: Discovery,
  kind: ServiceKind,
  written: readonly string[],
): readonly OfferedType[] {
  const offered = new Map<string, OfferedType>();
  for (const { candidate } of discovery.survey().types) {
    if (candidate.kind !== kind) continue;
    const name = fullName(candidate);
    if (offered.has(name)) continue;
    const names = [...namesOf(candidate), name].filter((asked) => {
      const found = discovery.find(kind, asked);
      return "candidate" in found && fullName(found.candidate) === name;
    });
    if (names.length > 0) offered.set(name, { candidate, names });
  }
  return [...offered.values(), ...modulesOf(discovery, kind, written)];
}

function modulesOf(
  discovery: Discovery,
  kind: ServiceKind,
  written: readonly string[],
): readonly OfferedType[] {
  const names = [...new Set(written.filter(isFileType))].toSorted();
  return names.flatMap((name) => {
    const found = discovery.find(kind, name);
    return "candidate" in found ? [{ candidate: found.candidate, names: [name] }] : [];
  });
}

function fullName({ packageName, type }: Candidate): string {
  return `${packageName}:${type}`;
}
