import { readFile } from "node:fs/promises";

import { RunnableError, type JsonObject } from "@runnable/plugin";

import { jsonCopy } from "./json-copy.ts";

/** Parameters of a file. */
export interface ParametersFile {
  readonly values: JsonObject;
  /** `file:line` of a name. */
  readonly locate: (name: string) => Promise<string>;
}

/**
 * Reads a YAML or JSON file that holds a map of parameters.
 * @throws RunnableError PARAMETERS_UNREADABLE when it is missing, is neither, or holds no map. `origin` tells in the message who named it.
 */
export async function readParametersFile(file: string, origin: string): Promise<ParametersFile> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    const what = error.code === "ENOENT" ? "does not exist" : `cannot be read (${error.code})`;
    throw unreadable(`the parameters file ${file} (from ${origin}) ${what}`, error);
  });
  const values = file.endsWith(".json") ? parseJson(file, text) : await parseYaml(file, text);
  return { values, locate: async (name) => `${file}:${await lineOf(text, name)}` };
}

function parseJson(file: string, text: string): JsonObject {
  try {
    return mapOf(file, JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError) throw unreadable(`${file}: ${error.message}`, error);
    throw error;
  }
}

async function parseYaml(file: string, text: string): Promise<JsonObject> {
  const { parseDocument } = await import("yaml");
  const document = parseDocument(text, { merge: true });
  const [mistake] = document.errors;
  if (mistake !== undefined) throw unreadable(`${file}: ${mistake.message.trimEnd()}`, mistake);
  return mapOf(file, document.toJS());
}

/** An empty file holds no parameters. */
function mapOf(file: string, parsed: unknown): JsonObject {
  const { value, problem } = jsonCopy(parsed ?? {}, "parameters");
  if (problem !== undefined) throw unreadable(`${file}: ${problem}`);
  const isMap = typeof value === "object" && value !== null && !Array.isArray(value);
  if (isMap) return value as JsonObject;
  throw unreadable(`${file} holds no map of parameters: write lines such as "epochs: 3"`);
}

async function lineOf(text: string, name: string): Promise<number> {
  const { isMap, isNode, isScalar, LineCounter, parseDocument } = await import("yaml");
  const lineCounter = new LineCounter();
  const { contents } = parseDocument(text, { lineCounter, merge: true });
  const pairs = isMap(contents) ? contents.items : [];
  const key = pairs
    .map((pair) => pair.key)
    .find((node) => isScalar(node) && String(node.value) === name);
  return isNode(key) && key.range ? lineCounter.linePos(key.range[0]).line : 1;
}

function unreadable(message: string, cause?: unknown): RunnableError {
  return new RunnableError("PARAMETERS_UNREADABLE", message, { cause, exitCode: 78 });
}
