import { RunnableError, type JsonObject, type SchemaIssue } from "@runnable/plugin";

import type { Job } from "./job.ts";

/**
 * The parameters as the job gets them: checked by its schema, defaults filled in. Without a schema they pass as they are.
 * A schema that transforms may give more than JSON; what travels and is recorded are the values before.
 * @throws RunnableError PARAMETERS_INVALID with every problem.
 */
export async function validateParameters(job: Job, raw: JsonObject): Promise<JsonObject> {
  const issues = await parameterIssues(job, raw);
  if (issues.output !== undefined) return issues.output;
  throw parametersInvalid(issues.issues.map(issueText));
}

/** Either what the schema gives or what it found. */
export async function parameterIssues(
  job: Job,
  raw: JsonObject,
): Promise<
  | { readonly output: JsonObject; readonly issues?: undefined }
  | { readonly output?: undefined; readonly issues: readonly SchemaIssue[] }
> {
  const schema = job.definition.parameters;
  if (schema === undefined) return { output: raw };
  const result = await schema["~standard"].validate(raw);
  return result.issues === undefined
    ? { output: result.value as JsonObject }
    : { issues: result.issues };
}

/** One error for all problems. */
export function parametersInvalid(problems: readonly string[]): RunnableError {
  const intro =
    problems.length === 1 ? "a parameter is wrong" : `${problems.length} parameters are wrong`;
  return new RunnableError("PARAMETERS_INVALID", `${intro}: ${problems.join("; ")}`, {
    exitCode: 78,
  });
}

function issueText(issue: SchemaIssue): string {
  return `${pathText(issue)}: ${issue.message}`;
}

/** Key path of an issue, `model.layers.0`. */
export function pathText(issue: SchemaIssue): string {
  const keys = (issue.path ?? []).map((step) => String(typeof step === "object" ? step.key : step));
  return keys.join(".") || "parameters";
}
