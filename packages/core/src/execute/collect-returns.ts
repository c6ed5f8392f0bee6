import type { Json, JsonObject } from "@runnable/plugin";

import { jsonCopy } from "../jobs/json-copy.ts";
import { failedResult, type JobResult } from "./job-result.ts";

/** The result of a function that returned: its returns as JSON, the finite numbers at their top level among the metrics. */
export function collectReturns(
  returned: unknown,
  reported: ReadonlyMap<string, number> = new Map(),
): JobResult {
  const { value, problem } = jsonCopy(returned === undefined ? {} : returned, "returns");
  const metrics = Object.fromEntries(reported);
  if (problem !== undefined) {
    return failedResult({ name: "RETURNS_NOT_JSON", message: problem }, { metrics });
  }
  if (!isObject(value)) {
    const message = `the job returned ${kindOf(value)}: return an object with a name for each value`;
    return failedResult({ name: "RETURNS_NOT_JSON", message }, { metrics });
  }
  return {
    status: "succeeded",
    exitCode: 0,
    returns: value,
    metrics: { ...metrics, ...numbersOf(value) },
  };
}

function isObject(value: Json): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function numbersOf(returns: JsonObject): { readonly [name: string]: number } {
  const numbers = Object.entries(returns).filter(
    (entry): entry is [string, number] => typeof entry[1] === "number",
  );
  return Object.fromEntries(numbers);
}

function kindOf(value: Json): string {
  if (Array.isArray(value)) return "a list";
  return value === null ? "null" : `a ${typeof value}`;
}
