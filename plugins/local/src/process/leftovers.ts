import { readdir, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";

import type { Leftover, LeftoversContext } from "@runnable/plugin";

import { attemptDirectory } from "./attempt-directory.ts";
import { readLabels } from "./labels-file.ts";
import { readHandle, type ProcessHandle } from "./process-handle.ts";

/** Directories of attempts of this project that are still there. */
export async function* leftovers({
  labels,
}: Pick<LeftoversContext<unknown, unknown>, "labels">): AsyncIterable<Leftover<ProcessHandle>> {
  const place = dirname(attemptDirectory(tmpdir(), "any").root);
  const names: readonly string[] = await readdir(place).catch(() => []);
  for (const name of names.toSorted()) {
    const found = await leftoverIn(join(place, name), labels);
    if (found) yield found;
  }
}

async function leftoverIn(
  directory: string,
  labels: { readonly [name: string]: string },
): Promise<Leftover<ProcessHandle> | undefined> {
  const own = await readLabels(directory);
  if (!own || Object.entries(labels).some(([name, value]) => own[name] !== value)) return undefined;
  const { "runnable/run-id": runId, "runnable/attempt": attempt } = own;
  if (typeof runId !== "string" || typeof attempt !== "string") return undefined;
  const created = await stat(join(directory, "labels.json")).catch(() => undefined);
  return {
    handle: (await readHandle(directory)) ?? neverStarted(directory),
    runId,
    attempt: Number(attempt),
    ...(created === undefined ? {} : { createdAt: created.mtime.toISOString() }),
    description: `directory ${basename(directory)}`,
  };
}

/** Of an attempt whose client died before it started a process: no process has this id. */
function neverStarted(directory: string): ProcessHandle {
  return { directory, pid: 2 ** 31 - 1, startedAt: "", bootId: "" };
}
