import { fileURLToPath } from "node:url";

import { RunnableError, type Cause } from "@runnable/plugin";

import type { CallingModule } from "./calling-modules.ts";
import { closestName } from "./closest-name.ts";
import type { JobDefinition } from "./job.ts";
import { parseDuration } from "./parse-duration.ts";

/** What a value must be, in words; undefined when it is so. */
type Rule = (value: unknown) => string | undefined;

const causes: { readonly [cause in Cause]: true } = {
  user_error: true,
  oom: true,
  timeout: true,
  preempted: true,
  evicted: true,
  node_lost: true,
  image: true,
  config: true,
  quota: true,
  unschedulable: true,
  storage: true,
  duplicate: true,
  platform: true,
  cancelled: true,
  unknown: true,
};

const catalogRules = {
  get: listOf(
    objectOf({ run: text, pattern: text }, ["run", "pattern"]),
    "objects { run, pattern }",
  ),
  put: listOf(text, "globs"),
  storeCopy: (value) => (typeof value === "boolean" ? undefined : "must be true or false"),
} satisfies { [key: string]: Rule };

const retries: Rule = objectOf({ limit: count, causes: causesList }, ["limit"]);

const commonRules: { readonly [key: string]: Rule } = {
  kind: () => undefined,
  name: text,
  parameters: schema,
  returns: listOf(text, "names"),
  files: listOf(text, "globs"),
  catalog: objectOf(catalogRules, []),
  secrets: listOf(text, "names"),
  timeout: duration,
  deadline: duration,
  retries: (value) => (typeof value === "number" ? count(value) : retries(value)),
};

const kindRules: { readonly [kind in NonNullable<JobDefinition["kind"]>]: [string, Rule] } = {
  function: ["run", (value) => (typeof value === "function" ? undefined : "must be a function")],
  shell: ["command", text],
  script: ["argv", argv],
};

/**
 * Checks what `maker` (a public function's name) was given at `place`.
 * @throws RunnableError JOB_INVALID naming every unknown key and wrong value.
 */
export function checkDefinition(
  definition: JobDefinition,
  { maker, place }: { readonly maker: string; readonly place: CallingModule | undefined },
): void {
  const [key, rule] = kindRules[definition.kind ?? "function"];
  const problems = problemsOf(definition, {
    rules: { ...commonRules, [key]: rule },
    required: [key],
  });
  if (problems.length === 0) return;
  const where = place === undefined ? "" : ` at ${fileURLToPath(place.url)}:${place.line}`;
  throw new RunnableError(
    "JOB_INVALID",
    `${maker}()${where} was given a wrong definition: ${problems.join("; ")}`,
    { exitCode: 78 },
  );
}

interface ObjectRules {
  readonly rules: { readonly [key: string]: Rule };
  readonly required: readonly string[];
}

function problemsOf(value: object, { rules, required }: ObjectRules): readonly string[] {
  const missing = required
    .filter((key) => (value as { [key: string]: unknown })[key] === undefined)
    .map((key) => `${key} is missing`);
  const wrong = Object.entries(value).flatMap(([key, held]) => {
    const rule = Object.hasOwn(rules, key) ? rules[key] : undefined;
    if (rule === undefined) return [unknownKey(key, Object.keys(rules))];
    const problem = held === undefined ? undefined : rule(held);
    return problem === undefined ? [] : [`${key} ${problem}`];
  });
  return [...missing, ...wrong];
}

function unknownKey(key: string, known: readonly string[]): string {
  const meant = closestName(key, known);
  return `${key} is not known${meant === undefined ? "" : ` (did you mean ${meant}?)`}`;
}

function objectOf(rules: ObjectRules["rules"], required: readonly string[]): Rule {
  return (value) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      return "must be an object";
    }
    const problems = problemsOf(value, { rules, required });
    return problems.length === 0 ? undefined : `is wrong: ${problems.join(", ")}`;
  };
}

function listOf(rule: Rule, what: string): Rule {
  return (value) =>
    Array.isArray(value) && value.every((item) => rule(item) === undefined)
      ? undefined
      : `must be a list of ${what}`;
}

function causesList(value: unknown): string | undefined {
  if (!Array.isArray(value)) return "must be a list of causes";
  const unknown = value.map(String).find((cause) => !Object.hasOwn(causes, cause));
  return unknown === undefined ? undefined : `holds ${unknownKey(unknown, Object.keys(causes))}`;
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value.trim() !== ""
    ? undefined
    : "must be text that is not empty";
}

function argv(value: unknown): string | undefined {
  const right =
    Array.isArray(value) && value[0] !== "" && value.every((item) => typeof item === "string");
  return right && value.length > 0 ? undefined : "must be a list of a program and its arguments";
}

function count(value: unknown): string | undefined {
  return Number.isInteger(value) && Number(value) >= 0
    ? undefined
    : "must be a whole number from 0";
}

function schema(value: unknown): string | undefined {
  const holder = typeof value === "object" || typeof value === "function" ? value : undefined;
  return holder && "~standard" in holder
    ? undefined
    : "must be a schema that knows Standard Schema (zod, valibot, arktype)";
}

function duration(value: unknown): string | undefined {
  try {
    parseDuration(value as string);
    return undefined;
  } catch {
    return `must be seconds, or text such as "90s", "10m", "1h30m"`;
  }
}
