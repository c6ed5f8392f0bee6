import type { JsonObject } from "@runnable/plugin";

import type { Candidate } from "../discover/candidate.ts";
import type { Discovery } from "../discover/discovery.ts";
import type { Finding } from "../discover/finding.ts";
import type { ServiceKind } from "../discover/service-kind.ts";
import { documentedConfig } from "../resolve/config-schema.ts";
import { offeredTypes } from "./offered-types.ts";

/** A type, and what is known of its settings. */
export interface DescribedType {
  readonly names: readonly string[];
  /** Who provides it, in a line. */
  readonly about: string;
  /** What to say where it is used; undefined where nothing speaks against it. */
  readonly deprecation: string | undefined;
  /** Of its settings; undefined where the plugin has none. */
  readonly schema: JsonObject | undefined;
  /** Name of its definition in the whole schema. */
  readonly definition: string;
}

/** Every type of a kind with its settings. Modules of types without a schema file are imported; one that fails is a finding. */
export async function describedTypes(
  discovery: Discovery,
  kind: ServiceKind,
  written: readonly string[],
): Promise<{ readonly types: readonly DescribedType[]; readonly findings: readonly Finding[] }> {
  const described = await Promise.all(
    offeredTypes(discovery, kind, written).map(async ({ candidate, names }) => {
      const { schema, finding } = await documentedConfig(candidate);
      const type: DescribedType = {
        names,
        about: aboutOf(candidate),
        deprecation: deprecationOf(candidate),
        schema,
        definition: `${kind}:${candidate.packageName}:${candidate.type}`,
      };
      return { type, findings: finding ? [finding] : [] };
    }),
  );
  return {
    types: described.map(({ type }) => type),
    findings: described.flatMap(({ findings }) => findings),
  };
}

function aboutOf({ summary, packageName, deprecated }: Candidate): string {
  const by = packageName === "" ? "this project" : packageName;
  const what = summary === undefined ? `Provided by ${by}` : `${summary} (${by})`;
  return deprecated ? `Deprecated. ${what}` : what;
}

function deprecationOf({ deprecated }: Candidate): string | undefined {
  if (!deprecated) return undefined;
  const { since, because, use } = deprecated;
  const when = since === undefined ? "Deprecated" : `Deprecated since ${since}`;
  const why = because === undefined ? "" : `: ${because}`;
  return `${when}${why}.${use === undefined ? "" : ` Use "${use}".`}`;
}
