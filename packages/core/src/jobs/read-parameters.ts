import type { Json, JsonObject, SchemaIssue } from "@runnable/plugin";

import { closestName } from "./closest-name.ts";
import type { Job } from "./job.ts";
import { parameterNames, type ParameterNames } from "./parameter-names.ts";
import {
  gatherParameters,
  type GivenParameter,
  type ParameterSources,
} from "./parameter-sources.ts";
import { toJson } from "./to-json.ts";
import { parameterIssues, parametersInvalid, pathText } from "./validate-parameters.ts";

/** Parameters of a run. */
export interface ReadParameters {
  /** As given, decoded: what travels to the job, whose schema checks them again. */
  readonly raw: JsonObject;
  /** With the schema's defaults: what is recorded. The same as `raw` where the schema makes something that is no JSON. */
  readonly effective: JsonObject;
}

/** Characters of a value that a message shows. */
const shownLength = 60;

/**
 * Collects a run's parameters and checks them by the job's schema. Low to high: the schema's defaults, a YAML or JSON file,
 * `RUNNABLE_PRM_<name>`, values in code or `name=value` of the command line.
 * @throws RunnableError PARAMETERS_INVALID with every problem and where its value came from; PARAMETERS_UNREADABLE for the file.
 */
export async function readParameters(job: Job, sources: ParameterSources): Promise<ReadParameters> {
  const known = parameterNames(job.definition.parameters);
  const { given, problems } = await gatherParameters(sources, known?.names ?? []);
  const unknown = await unknownNames(given, known);
  const checked = await chooseValues(job, given);
  const wrong =
    "issues" in checked
      ? await Promise.all(checked.issues.map((issue) => describe(issue, given)))
      : [];
  const all = new Set([...problems, ...unknown, ...wrong]);
  if (all.size > 0 || "issues" in checked) throw parametersInvalid([...all]);
  return checked;
}

/** Takes for each text its likeliest meaning that the schema accepts. */
async function chooseValues(
  job: Job,
  given: readonly GivenParameter[],
): Promise<ReadParameters | { readonly issues: readonly SchemaIssue[] }> {
  const chosen = new Map(given.map(({ name }) => [name, 0]));
  let first: readonly SchemaIssue[] | undefined;
  for (;;) {
    const raw = Object.fromEntries(
      given.map((one) => [one.name, one.candidates[chosen.get(one.name) ?? 0]]),
    );
    const { output, issues } = await parameterIssues(job, raw);
    if (output !== undefined) return { raw, effective: recordable(output) ?? raw };
    first ??= issues;
    const refused = new Set(issues.map(nameIn));
    const movable = given.filter(
      ({ name, candidates }) =>
        refused.has(name) && (chosen.get(name) ?? 0) + 1 < candidates.length,
    );
    // What the schema said of the likeliest meaning helps more than what it says of the last resort.
    if (movable.length === 0)
      return { issues: first.filter((issue) => refused.has(nameIn(issue))) };
    for (const { name } of movable) chosen.set(name, (chosen.get(name) ?? 0) + 1);
  }
}

function recordable(output: JsonObject): JsonObject | undefined {
  return toJson(output, "parameters").value as JsonObject | undefined;
}

async function unknownNames(
  given: readonly GivenParameter[],
  known: ParameterNames | undefined,
): Promise<readonly string[]> {
  if (known === undefined || known.open) return [];
  const unknown = given.filter(({ name }) => !known.names.includes(name));
  return Promise.all(
    unknown.map(async ({ name, origin }) => {
      const meant = closestName(name, known.names);
      const list =
        known.names.length > 0 ? `the job takes ${known.names.join(", ")}` : "the job takes none";
      return `${name} (${await origin()}) is not known: ${meant === undefined ? list : `did you mean ${meant}?`}`;
    }),
  );
}

async function describe(issue: SchemaIssue, given: readonly GivenParameter[]): Promise<string> {
  const name = nameIn(issue);
  const parameter = given.find((one) => one.name === name);
  if (parameter === undefined) return `${pathText(issue)} is missing or wrong: ${issue.message}`;
  const value = JSON.stringify(parameter.candidates[0]);
  const shown = value.length > shownLength ? `${value.slice(0, shownLength)}…` : value;
  return `${pathText(issue)} (${await parameter.origin()}) is ${shown}: ${issue.message}`;
}

function nameIn({ path }: SchemaIssue): string | undefined {
  const step = path?.[0];
  return step === undefined ? undefined : String(typeof step === "object" ? step.key : step);
}
