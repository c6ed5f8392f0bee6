import { readFileSync } from "node:fs";
import { resolve } from "node:path";

import type { Json, JsonObject } from "@runnable/plugin";

import { decodeValue } from "./decode-value.ts";
import { parameterText } from "./parameter-text.ts";
import { readParametersFile } from "./parameters-file.ts";

/** Where parameters may come from. */
export interface ParameterSources {
  /** The file that the command line names. */
  readonly file?: string;
  /** The file that code names; `RUNNABLE_PARAMETERS_FILE` replaces it. */
  readonly fileInCode?: string;
  /** Values given in code. */
  readonly inCode?: JsonObject;
  /** `name=value`, from the command line. */
  readonly arguments?: readonly string[];
  readonly env: { readonly [name: string]: string | undefined };
}

/** A value that was given. */
export interface GivenParameter {
  readonly name: string;
  /** What it may mean, the likeliest first. */
  readonly candidates: readonly [Json, ...Json[]];
  /** Who gave it, for messages: `parameters.yaml:3`, `RUNNABLE_PRM_epochs`, `-p`. */
  readonly origin: () => Promise<string>;
}

const prefix = "RUNNABLE_PRM_";

/**
 * All parameters that were given, a later one of the same name replacing an earlier: file, environment, then code or command line.
 * `known` are the schema's names. Malformed arguments are problems.
 * @throws RunnableError PARAMETERS_UNREADABLE when the file can't be read.
 */
export async function gatherParameters(
  sources: ParameterSources,
  known: readonly string[],
): Promise<{ readonly given: readonly GivenParameter[]; readonly problems: readonly string[] }> {
  const file = await fromFile(sources);
  const names = [...known, ...file.map(({ name }) => name)];
  const environment = fromEnvironment(sources.env, names);
  const { given, problems } = fromArguments(sources.arguments ?? []);
  const all = [...file, ...environment, ...fromCode(sources.inCode ?? {}), ...given];
  return {
    given: [...new Map(all.map((parameter) => [parameter.name, parameter])).values()],
    problems,
  };
}

async function fromFile(sources: ParameterSources): Promise<readonly GivenParameter[]> {
  const named = namedFile(sources);
  if (named === undefined) return [];
  const file = await readParametersFile(resolve(named.file), named.origin);
  return definedEntries(file.values).map(([name, value]) => ({
    name,
    candidates: [value],
    origin: () => file.locate(name),
  }));
}

function namedFile({
  file,
  fileInCode,
  env,
}: ParameterSources): { readonly file: string; readonly origin: string } | undefined {
  const variable = env["RUNNABLE_PARAMETERS_FILE"];
  if (file !== undefined) return { file, origin: "--parameters" };
  if (variable) return { file: variable, origin: "RUNNABLE_PARAMETERS_FILE" };
  return fileInCode === undefined ? undefined : { file: fileInCode, origin: "parametersFile" };
}

function fromEnvironment(
  env: ParameterSources["env"],
  names: readonly string[],
): readonly GivenParameter[] {
  const inherited = inheritedVariables(env);
  return definedEntries(env)
    .filter(([variable]) => variable.startsWith(prefix) && variable !== prefix)
    .filter(([variable, text]) => inherited[variable] !== text)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([variable, text]) => ({
      name: nameOf(variable.slice(prefix.length), names),
      candidates: decodeValue(text),
      origin: async () => variable,
    }));
}

/** Variables that a shell job around us got for itself: they were not meant for a run that it starts. */
function inheritedVariables(env: ParameterSources["env"]): { readonly [variable: string]: string } {
  const file = env["RUNNABLE_PARAMETERS"];
  if (!file) return {};
  try {
    const outer = JSON.parse(readFileSync(file, "utf8")) as JsonObject;
    return Object.fromEntries(
      definedEntries(outer).map(([name, value]) => [prefix + name, parameterText(value)]),
    );
  } catch {
    // Not, or no longer, a file of ours.
    return {};
  }
}

/** Variables are often written in capitals: `EPOCHS` means `epochs`, and `LEARNINGRATE` the `learningRate` that is known. */
function nameOf(written: string, names: readonly string[]): string {
  if (names.includes(written)) return written;
  const same = names.find((name) => name.toLowerCase() === written.toLowerCase());
  if (same !== undefined) return same;
  return written === written.toUpperCase() ? written.toLowerCase() : written;
}

function fromCode(values: JsonObject): readonly GivenParameter[] {
  return definedEntries(values).map(([name, value]) => ({
    name,
    candidates: [value],
    origin: async () => "parameters in code",
  }));
}

function fromArguments(texts: readonly string[]): {
  readonly given: readonly GivenParameter[];
  readonly problems: readonly string[];
} {
  const split = texts.map((text) => ({ text, at: text.indexOf("=") }));
  return {
    given: split
      .filter(({ at }) => at > 0)
      .map(({ text, at }) => ({
        name: text.slice(0, at),
        candidates: decodeValue(text.slice(at + 1)),
        origin: async () => "-p",
      })),
    problems: split
      .filter(({ at }) => at <= 0)
      .map(({ text }) => `-p ${text} is not of the form name=value`),
  };
}

function definedEntries<T>(holder: {
  readonly [name: string]: T | undefined;
}): readonly [string, T][] {
  return Object.entries(holder).filter((entry): entry is [string, T] => entry[1] !== undefined);
}
