import type { JsonObject } from "@runnable/plugin";

import { parameterText } from "../jobs/parameter-text.ts";

/** Bytes up to which a parameter is given as a variable too; Linux takes at most 128 KiB a variable. Larger ones are in the file only. */
const maxVariableBytes = 65_536;

/** What a command's environment is made of. */
export interface CommandEnvironment {
  readonly env: { readonly [name: string]: string | undefined };
  readonly parameters: JsonObject;
  readonly secrets: { readonly [name: string]: string };
  readonly runId: string;
  readonly attempt: number;
  /** Where the command reads its parameters and writes its returns. */
  readonly files: { readonly parameters: string; readonly output: string };
}

/**
 * The variables of a command: the given ones without those that gave this run its parameters, then `RUNNABLE_PRM_<name>`
 * (text as it is, else JSON), `RUNNABLE_PARAMETERS`, `RUNNABLE_OUTPUT`, `RUNNABLE_RUN_ID` and `RUNNABLE_ATTEMPT` (for the
 * command to know; no nested run takes its id from it) and each secret under its name.
 */
export function commandEnvironment(options: CommandEnvironment): { [name: string]: string } {
  const { env, parameters, secrets, runId, attempt, files } = options;
  const inherited = Object.entries(env).filter(([name]) => !givesParameters(name));
  return withoutUndefined({
    ...Object.fromEntries(inherited),
    ...parameterVariables(parameters),
    RUNNABLE_RUN_ID: runId,
    RUNNABLE_ATTEMPT: String(attempt),
    RUNNABLE_PARAMETERS: files.parameters,
    RUNNABLE_OUTPUT: files.output,
    ...secrets,
  });
}

/** They are not meant for runs that the command starts. */
function givesParameters(variable: string): boolean {
  return variable.startsWith("RUNNABLE_PRM_") || variable === "RUNNABLE_PARAMETERS_FILE";
}

function parameterVariables(parameters: JsonObject): { readonly [name: string]: string } {
  const variables = Object.entries(parameters).flatMap(([name, value]) => {
    if (value === undefined || /[=\0]/.test(name)) return [];
    const text = parameterText(value);
    const fits = Buffer.byteLength(text) <= maxVariableBytes && !text.includes("\0");
    return fits ? [[`RUNNABLE_PRM_${name}`, text] as const] : [];
  });
  return Object.fromEntries(variables);
}

function withoutUndefined(variables: { readonly [name: string]: string | undefined }): {
  [name: string]: string;
} {
  const held = Object.entries(variables).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return Object.fromEntries(held);
}
