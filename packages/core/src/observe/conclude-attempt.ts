import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { isRunnableError, type CatalogEntry } from "@runnable/plugin";

import { withinRoot } from "../files/within-root.ts";
import { cancelledOutcome } from "../record/cancelled-outcome.ts";
import { finalOutcome } from "../record/final-outcome.ts";
import type { OutcomeRecord } from "../record/run-record.ts";
import { runRecords } from "../record/run-records.ts";
import { toJson } from "../record/to-json.ts";
import type { RunObserver } from "../run-observer.ts";
import type { Submitted } from "../submit/submit-attempt.ts";
import type { AttemptNews } from "./follow-attempt.ts";

/**
 * Makes an attempt's outcome durable on this side, in this order: catalog files that come back, run log (where this side may
 * write it), journal, then the platform's own remains and the stage are removed. Each step may be done twice.
 *
 * @param retrying another attempt follows: the attempt's outcome is recorded, the run's is not.
 * @returns the outcome that counts: somebody may have recorded one before.
 */
export async function concludeAttempt(
  submitted: Submitted,
  news: AttemptNews,
  { retrying, observer }: { readonly retrying: boolean; readonly observer: RunObserver },
): Promise<OutcomeRecord> {
  const { journal, entry } = submitted;
  // A client before this one came as far as to bring the files, and perhaps to remove them over there.
  const brought = entry.outcome ? news.outcome : await bringFiles(submitted, news.outcome);
  const outcome = await record(submitted, { ...news, outcome: brought }, retrying);
  await journal.write({
    ...entry,
    state: "OUTCOME",
    handle: submitted.handle,
    outcome: toJson(outcome),
  });
  await tellExecutor(submitted, outcome, observer);
  await cleanUp(submitted, observer);
  if (retrying) return outcome;
  await journal.write({ ...entry, state: "DONE", outcome: toJson(outcome) });
  // Where the store is out of reach, the journal is the only record on this side.
  if (entry.owner !== "job") await journal.remove(entry.runId);
  return outcome;
}

/** Ends a run that was cancelled while it waited for its next attempt. `last` is the outcome of the attempt before. */
export async function concludeCancelled(
  { runLog, journal, entry }: Submitted,
  last: OutcomeRecord,
): Promise<OutcomeRecord> {
  const outcome = cancelledOutcome(last);
  if (runLog) await runRecords(runLog, entry.runId).createRunOutcome(outcome);
  await journal.write({ ...entry, state: "DONE", outcome: toJson(outcome) });
  if (entry.owner !== "job") await journal.remove(entry.runId);
  return outcome;
}

/** Files of a relayed catalog: copied out of the platform, checked, kept. */
async function bringFiles(submitted: Submitted, outcome: OutcomeRecord): Promise<OutcomeRecord> {
  const { definition, handle, context, entry, catalog } = submitted;
  const from = entry.catalogOutbox;
  const stored = outcome.catalog.filter((one) => one.stored);
  if (from === undefined || !catalog || !definition.collectFiles || stored.length === 0) {
    return outcome;
  }
  const to = await mkdtemp(join(tmpdir(), "runnable-collect-"));
  try {
    await definition.collectFiles(handle, { ...context, from, to });
    const files = await Promise.all(
      stored.map(async ({ path }) => ({ path, source: await withinRoot(to, path) })),
    );
    const kept = await catalog.put(entry.runId, files, { copy: true });
    return {
      ...outcome,
      ...checked(stored, kept),
      catalog: [...kept, ...outcome.catalog.filter((one) => !one.stored)],
    };
  } catch (error) {
    return { ...outcome, ...storageFailure(error), catalog: [] };
  } finally {
    await rm(to, { recursive: true, force: true });
  }
}

function checked(
  sent: readonly CatalogEntry[],
  kept: readonly CatalogEntry[],
): Partial<OutcomeRecord> {
  const digests = new Map(kept.map(({ path, digest }) => [path, digest]));
  const changed = sent.filter(({ path, digest }) => digests.get(path) !== digest);
  if (changed.length === 0) return {};
  return storageFailure(
    new Error(`${changed.map(({ path }) => path).join(", ")} changed on the way back`),
  );
}

function storageFailure(error: unknown): Partial<OutcomeRecord> {
  const { message } = error instanceof Error ? error : new Error(String(error));
  return {
    status: "failed",
    cause: "storage",
    exitCode: 78,
    error: {
      name: isRunnableError(error) ? error.code : "CATALOG_FAILED",
      message: `the job ended, but its files could not be brought back: ${message}`,
    },
  };
}

async function record(
  { runLog, entry }: Submitted,
  { outcome, earlier, recorded }: AttemptNews,
  retrying: boolean,
): Promise<OutcomeRecord> {
  if (!runLog) return outcome;
  const records = runRecords(runLog, entry.runId);
  if (recorded && !retrying) {
    await records.createRunOutcome(outcome);
    return outcome;
  }
  if (entry.owner === "relay") for (const one of earlier) await records.createAttemptOutcome(one);
  await records.createAttemptOutcome(retrying ? { ...outcome, retrying } : outcome);
  if (retrying) return outcome;
  if (await records.createRunOutcome(outcome)) return outcome;
  // Somebody has recorded one before, or this is a later attempt.
  return (await finalOutcome(records)) ?? outcome;
}

async function tellExecutor(
  { definition, context }: Submitted,
  outcome: OutcomeRecord,
  observer: RunObserver,
): Promise<void> {
  try {
    await definition.onOutcome?.(outcome, context);
  } catch (error) {
    const { message } = error instanceof Error ? error : new Error(String(error));
    observer.onNotice?.(`a policy failed after the outcome: ${message}`);
  }
}

async function cleanUp(submitted: Submitted, observer: RunObserver): Promise<void> {
  const { definition, handle, context, stageDirectory, entry } = submitted;
  try {
    await definition.remove(handle, context);
  } catch (error) {
    const { message } = error instanceof Error ? error : new Error(String(error));
    observer.onNotice?.(
      `what ${entry.executorType} keeps of ${entry.name} could not be removed: ${message}`,
    );
  }
  await rm(stageDirectory, { recursive: true, force: true });
}
