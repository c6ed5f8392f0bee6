import type { JsonObject, SchemaIssue } from "@runnable/plugin";

import { closestName } from "./closest-name.ts";
import type { Job } from "./job.ts";
import { jsonCopy } from "./json-copy.ts";
import { parameterNames, type ParameterNames } from "./parameter-names.ts";
import {
  gatherParameters,
  type GivenParameter,
  type ParameterSources,
} from "./parameter-sources.ts";
import { parameterIssues, parametersInvalid, pathText } from "./validate-parameters.ts";

/** Characters of a value that a message shows. */
const shownLength = 60;

/**
 * The parameters of a run, checked by the job's schema. Low to high: the schema's defaults, a YAML or JSON file,
 * `RUNNABLE_PRM_<name>`, then `name=value` of the command line or values in code. They travel to the job, whose schema checks
 * them again, and are recorded: so the defaults are among them, unless the schema makes of its own output something else.
 * @throws RunnableError PARAMETERS_INVALID with every problem and where its value came from; PARAMETERS_UNREADABLE for the file.
 */
export async function readParameters(job: Job, sources: ParameterSources): Promise<JsonObject> {
  const known = parameterNames(job.definition.parameters);
  const { given, problems } = await gatherParameters(sources, known?.names ?? []);
  const unknown = unknownParameters(given, known);
  const { values, issues = [] } = await chooseValues(job, given);
  const wrong = issues.filter((issue) => !tellsOfUnknown(issue, unknown));
  const all = await Promise.all([
    ...unknown.map((parameter) => describeUnknown(parameter, known?.names ?? [])),
    ...wrong.map((issue) => describe(issue, given)),
  ]);
  if (values === undefined || problems.length + all.length > 0) {
    throw parametersInvalid([...problems, ...all]);
  }
  return withDefaults(job, values);
}

type Choice =
  | { readonly values: JsonObject; readonly issues?: undefined }
  | { readonly values?: undefined; readonly issues: readonly SchemaIssue[] };

/** Takes for each text its likeliest meaning that the schema accepts. */
async function chooseValues(job: Job, given: readonly GivenParameter[]): Promise<Choice> {
  const chosen = new Map(given.map(({ name }) => [name, 0]));
  let first: readonly SchemaIssue[] | undefined;
  for (;;) {
    const values = Object.fromEntries(
      given.map(({ name, candidates }) => [name, candidates[chosen.get(name) ?? 0]]),
    );
    const { issues } = await parameterIssues(job, values);
    if (issues === undefined) return { values };
    // What the schema said of the likeliest meaning helps more than what it says of the last resort.
    first ??= issues;
    const refused = new Set(issues.map(nameIn));
    const movable = given.filter(
      ({ name, candidates }) =>
        refused.has(name) && (chosen.get(name) ?? 0) + 1 < candidates.length,
    );
    if (movable.length === 0) {
      return { issues: first.filter((issue) => refused.has(nameIn(issue))) };
    }
    for (const { name } of movable) chosen.set(name, (chosen.get(name) ?? 0) + 1);
  }
}

async function withDefaults(job: Job, values: JsonObject): Promise<JsonObject> {
  const { output } = await parameterIssues(job, values);
  const { value } = jsonCopy(output, "parameters");
  if (typeof value !== "object" || value === null || Array.isArray(value)) return values;
  const filled = value as JsonObject;
  const again = await parameterIssues(job, filled);
  const settled = jsonCopy(again.output, "parameters").value;
  return JSON.stringify(settled) === JSON.stringify(filled) ? filled : values;
}

function unknownParameters(
  given: readonly GivenParameter[],
  known: ParameterNames | undefined,
): readonly GivenParameter[] {
  if (known === undefined || known.open) return [];
  return given.filter(({ name }) => !known.names.includes(name));
}

/** A strict schema says the same again: of the name, or (zod) of the whole with a list of keys. */
function tellsOfUnknown(issue: SchemaIssue, unknown: readonly GivenParameter[]): boolean {
  const name = nameIn(issue);
  if (name !== undefined) return unknown.some((parameter) => parameter.name === name);
  return unknown.length > 0 && "code" in issue && issue.code === "unrecognized_keys";
}

async function describeUnknown(
  { name, origin }: GivenParameter,
  known: readonly string[],
): Promise<string> {
  const meant = closestName(name, known);
  const takes = known.length > 0 ? `the job takes ${known.join(", ")}` : "the job takes none";
  return `${name} (${await origin()}) is not known: ${meant === undefined ? takes : `did you mean ${meant}?`}`;
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
