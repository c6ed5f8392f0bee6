import { readFile } from "node:fs/promises";
import { join } from "node:path";

import type { OutputSegment } from "@runnable/plugin";

import { errorCode } from "../files/error-code.ts";
import { attemptPath, type AttemptKey } from "./fact-path.ts";

/** `<runId>/attempts/<attempt>/output/<8-digit number>.ndjson`. @throws RunnableError RUN_ID_INVALID */
export function segmentPath(key: AttemptKey, number: number): string {
  return join(attemptPath(key), "output", `${String(number).padStart(8, "0")}.ndjson`);
}

/** The segments of a run log folder from a number on, as far as they are there now. */
export async function* readSegments(
  folder: string,
  key: AttemptKey,
  from: number,
): AsyncGenerator<OutputSegment> {
  for (let number = Math.max(from, 1); ; number += 1) {
    const text = await readIfThere(join(folder, segmentPath(key, number)));
    if (text === undefined) return;
    yield { number, text };
  }
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}
