import { namesOf, type Candidate } from "./candidate.ts";
import type { Finding } from "./finding.ts";
import { kindWords } from "./service-kind.ts";
import type { Sources } from "./sources.ts";

/** Types of all kinds, and what is wrong with packages. */
export interface Listing {
  /** Nearest scope first, built-in ones last. */
  readonly types: readonly Candidate[];
  readonly findings: readonly Finding[];
}

/** What was scanned, without core's own packages, which most projects list too, and without names that core keeps for itself. */
export function listAll({ builtIns: brought, scan }: Sources): Listing {
  const reserved = brought.all();
  const { candidates, findings } = scan();
  const own = new Set(reserved.map(({ packageName }) => packageName));
  const foreign = candidates.filter(({ packageName }) => !own.has(packageName));
  const isReserved = ({ kind, type }: Candidate) =>
    reserved.some((item) => item.kind === kind && namesOf(item).includes(type));
  return {
    types: [...foreign.filter((item) => !isReserved(item)), ...reserved],
    findings: [...findings, ...foreign.filter(isReserved).map(reservedName)],
  };
}

function reservedName({ kind, type, packageName }: Candidate): Finding {
  return {
    code: "PLUGIN_NAME_RESERVED",
    message: `"${type}" of ${packageName} is not used: the name belongs to the built-in ${kindWords[kind]}`,
    hint: `Write "${packageName}:${type}", or give it another name.`,
  };
}
