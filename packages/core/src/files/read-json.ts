import { readFileSync } from "node:fs";

import { RunnableError, type JsonObject } from "@runnable/plugin";

import { errorCode } from "./error-code.ts";

/**
 * The JSON object in a file; undefined if there is none (or an empty one: somebody is about to write it).
 *
 * @throws RunnableError RECORD_UNREADABLE when the file is no JSON object or may not be read.
 */
export async function readJson(path: string): Promise<JsonObject | undefined> {
  const text = readText(path);
  if (text === undefined || text === "") return undefined;
  const value = parse(text, path);
  if (!isObject(value)) throw unreadable(path, "it holds no JSON object");
  return value;
}

// In one system call's time: promises take five turns of a thread pool for a record of a few hundred bytes.
function readText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const code = errorCode(error);
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw unreadable(path, `${code ?? "unknown error"} while reading it`, error);
  }
}

function parse(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw unreadable(path, "it is no JSON", cause);
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function unreadable(path: string, why: string, cause?: unknown): RunnableError {
  return new RunnableError("RECORD_UNREADABLE", `${path} can't be read: ${why}`, {
    hint: "Records are written whole; look who else writes or moves files there, or restore it from a copy.",
    exitCode: 78,
    cause,
  });
}
