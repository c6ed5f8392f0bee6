import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";

import { RunnableError, type JsonObject } from "@runnable/plugin";

import type { ExecuteArguments } from "./execute-arguments.ts";
import type { RelocatedConfig } from "./submission.ts";

/** How text becomes data, now or later: JSON in a payload, YAML where a person wrote the files. */
export type ParseText = (text: string, file: string) => unknown;

/** The two files of `execute-job`. */
export interface Inputs {
  readonly config: RelocatedConfig;
  readonly parameters: JsonObject;
  /** Directory of the config file: the payload. */
  readonly root: string;
}

/** @throws RunnableError INPUT_UNREADABLE when a file is missing or holds no object. */
export async function readInputs(args: ExecuteArguments, parse: ParseText): Promise<Inputs> {
  const [config, parameters] = await Promise.all([
    readObject(args.config, parse),
    readObject(args.parameters, parse),
  ]);
  const root = args.config === undefined ? process.cwd() : dirname(resolve(args.config));
  return { config, parameters, root };
}

/** JSON, without quoting the text in the error: it may be long, and is not the user's. */
export function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new RunnableError("INPUT_UNREADABLE", `${file} is no JSON`, { cause, exitCode: 78 });
  }
}

async function readObject(file: string | undefined, parse: ParseText): Promise<JsonObject> {
  if (file === undefined) return {};
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    throw new RunnableError("INPUT_UNREADABLE", `cannot read ${file}`, {
      hint: "Give `execute-job` the files that came with the payload.",
      cause,
      exitCode: 78,
    });
  });
  const value = (await parse(text, file)) ?? {};
  if (typeof value === "object" && !Array.isArray(value)) return value as JsonObject;
  throw new RunnableError("INPUT_UNREADABLE", `${file} holds no map`, { exitCode: 78 });
}
