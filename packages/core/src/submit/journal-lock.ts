import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";

import { createOnce } from "../files/create-once.ts";
import { isAlive } from "../files/is-alive.ts";
import { processIdentity } from "../files/process-identity.ts";
import { readJson } from "../files/read-json.ts";
import type { ProcessIdentity } from "../record/run-record.ts";
import { toJson } from "../record/to-json.ts";
import { parseProcessIdentity } from "./journal-entry.ts";

/** A run that this process alone concludes. */
export interface JournalLock {
  readonly release: () => Promise<void>;
}

/**
 * Takes a run for this process: `<run_id>.lock-<n>` holds who has it. A lock whose process is gone counts for nothing: whoever
 * creates the next number has the run. Undefined while somebody has it; a holder on another machine counts as alive.
 */
export async function lockRun(directory: string, runId: string): Promise<JournalLock | undefined> {
  const last = (await lockNumbers(directory, runId)).at(-1) ?? 0;
  if (last > 0 && (await isHeld(lockFile(directory, runId, last)))) return undefined;
  const number = last + 1;
  const holder = JSON.stringify(toJson(processIdentity()));
  const ours = await createOnce(lockFile(directory, runId, number), holder, { durable: false });
  if (!ours) return undefined;
  return {
    release: async () => {
      // The newest last: as long as it is there, nobody takes the run by an older number.
      for (const one of await lockNumbers(directory, runId)) {
        if (one <= number) await rm(lockFile(directory, runId, one), { force: true });
      }
    },
  };
}

/** Run id of a lock's file name; undefined for other names. */
export function lockedRunId(name: string): string | undefined {
  return /^(.+)\.lock-\d+$/.exec(name)?.[1];
}

/** Who has a lock; undefined for what can't be read. */
export async function lockHolder(file: string): Promise<ProcessIdentity | undefined> {
  const value = await readJson(file).catch(() => undefined);
  return value && parseProcessIdentity(value);
}

async function isHeld(file: string): Promise<boolean> {
  const holder = await lockHolder(file);
  return holder !== undefined && isAlive(holder) !== false;
}

async function lockNumbers(directory: string, runId: string): Promise<readonly number[]> {
  const names = await readdir(directory).catch(() => []);
  return names
    .filter((name) => lockedRunId(name) === runId)
    .map((name) => Number(name.slice(runId.length + ".lock-".length)))
    .toSorted((a, b) => a - b);
}

function lockFile(directory: string, runId: string, number: number): string {
  return join(directory, `${runId}.lock-${number}`);
}
