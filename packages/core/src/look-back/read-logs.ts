import { setTimeout as sleep } from "node:timers/promises";

import type { RunLog } from "@runnable/plugin";

import type { Frame } from "../output/frame.ts";
import { readSegments } from "../output/read-segments.ts";
import { finalOutcome } from "../record/final-outcome.ts";
import type { OutcomeRecord } from "../record/run-record.ts";
import { runRecords } from "../record/run-records.ts";
import { settleRun } from "./settle-run.ts";
import { watchHeartbeat } from "./watch-heartbeat.ts";

const pollMs = 250;

/** Whose output, and how long to go on. */
export interface LogOptions {
  readonly runId: string;
  /** Only this attempt; default every attempt. */
  readonly attempt?: number;
  /** Go on until the run has its outcome. */
  readonly follow: boolean;
  readonly onFrame: (frame: Frame) => void;
  /** Whether a run without a word may be declared lost: only where no platform can be asked. */
  readonly settle: boolean;
  /** Told, with `follow`, when a job has been silent for 30 s. */
  readonly onNotice?: ((message: string) => void) | undefined;
}

/** Tells the recorded output of a run, and with `follow` what comes until it ends. Resolves with its outcome, if it has one. */
export async function readLogs(
  runLog: RunLog,
  options: LogOptions,
): Promise<OutcomeRecord | undefined> {
  const { runId, attempt, follow, settle, onNotice } = options;
  const records = runRecords(runLog, runId);
  const listen = onNotice && watchHeartbeat(records, { onNotice });
  const next = new Map<number, number>();
  for (;;) {
    // Asked before reading: output that was there at the end is read after it.
    const outcome =
      (await finalOutcome(records)) ?? (settle ? await settleRun(records, runId) : undefined);
    const attempts = attempt === undefined ? await records.attempts() : [attempt];
    for (const number of attempts) await tell(runLog, { ...options, attempt: number }, next);
    if (outcome || !follow) return outcome;
    await listen?.();
    await sleep(pollMs);
  }
}

async function tell(
  runLog: RunLog,
  { runId, attempt, onFrame }: LogOptions & { readonly attempt: number },
  next: Map<number, number>,
): Promise<void> {
  for await (const frame of readSegments(runLog, { runId, attempt }, next.get(attempt) ?? 1)) {
    next.set(attempt, frame.segment + 1);
    onFrame(frame);
  }
}
