import type { PlatformStatus, RunLog } from "@runnable/plugin";

import { createFrameReader, type FrameReader } from "../output/frame-reader.ts";
import type { Frame } from "../output/frame.ts";
import { createFramePrinter } from "../output/print-frames.ts";
import { finalOutcome } from "../record/final-outcome.ts";
import { parseOutcome } from "../record/parse-record.ts";
import { parseReceipt, type Receipt } from "../record/receipt.ts";
import type { OutcomeRecord } from "../record/run-record.ts";
import { runRecords } from "../record/run-records.ts";
import type { RunObserver } from "../run-observer.ts";
import type { Submitted } from "../submit/submit-attempt.ts";
import { cancelOnInterrupt } from "./cancel-on-interrupt.ts";
import { fillGaps } from "./fill-gaps.ts";
import type { Interrupts } from "./interrupts.ts";
import { pumpLogs } from "./pump-logs.ts";
import { relayOutput } from "./relay-output.ts";
import { verdictOf } from "./verdict-of.ts";
import { watchStatus } from "./watch-status.ts";

/** How an attempt ended, and what brought the news. */
export interface AttemptNews {
  readonly outcome: OutcomeRecord;
  readonly earlier: readonly OutcomeRecord[];
  /** True when the job side's own outcome is in the run log that both sides see. */
  readonly recorded: boolean;
  readonly receipt: Receipt | undefined;
}

/**
 * Follows a submitted attempt to its end: logs and states side by side, until the receipt has come or the platform says that
 * the job has ended. Outcome = record, else receipt, else `collect`, else the platform's verdict.
 */
export async function followAttempt(
  submitted: Submitted,
  observer: RunObserver,
  interrupts: Interrupts,
): Promise<AttemptNews> {
  const { outcome, state } = submitted.entry;
  // A client before this one knew it and died while it cleared up: the platform may have nothing left to tell.
  if (outcome && state !== "HANDLE") {
    return { outcome: parseOutcome(outcome), earlier: [], recorded: false, receipt: undefined };
  }
  const printer = createFramePrinter(process);
  const relay = submitted.entry.owner === "relay" ? relayOutput(submitted) : undefined;
  const reader = createFrameReader({
    onFrame: (frame) => {
      relay?.push(frame);
      tell(frame, observer, printer.print);
    },
  });
  const stopWaiting = cancelOnInterrupt(submitted, observer, interrupts);
  try {
    const status = await readToEnd(submitted, reader, observer);
    await fillGaps(submitted, reader);
    tellGaps(reader, observer);
    await relay?.close();
    return await newsOf(submitted, reader, { status, cancelled: interrupts.wasStopped() });
  } finally {
    stopWaiting();
    await printer.flush();
  }
}

function tell(frame: Frame, observer: RunObserver, print: (frame: Frame) => void): void {
  if (frame.channel === "p") observer.onProgress?.(JSON.parse(Buffer.from(frame.bytes).toString()));
  if (frame.channel !== "o" && frame.channel !== "e") return;
  if (observer.onFrame) observer.onFrame(frame);
  else print(frame);
}

async function readToEnd(
  submitted: Submitted,
  reader: FrameReader,
  observer: RunObserver,
): Promise<PlatformStatus> {
  const ended = new AbortController();
  const logs = pumpLogs(submitted, reader, { ended: ended.signal, observer });
  const status = await watchStatus(submitted, observer);
  ended.abort();
  await logs;
  return status;
}

function tellGaps(reader: FrameReader, observer: RunObserver): void {
  const gaps = reader.gaps();
  if (gaps.length === 0) return;
  const ranges = gaps.map(({ from, to }) => (from === to ? `${from}` : `${from}–${to}`));
  observer.onNotice?.(`output is missing: frames ${ranges.join(", ")}`);
}

async function newsOf(
  submitted: Submitted,
  reader: FrameReader,
  { status, cancelled }: { readonly status: PlatformStatus; readonly cancelled: boolean },
): Promise<AttemptNews> {
  const streamed = parseReceipt(reader.receipt() ?? "");
  const receipt = streamed ?? parseReceipt((await collect(submitted)) ?? "");
  const record = await recordOf(submitted.runLog, submitted, receipt);
  const circumstances = { foreign: reader.foreign(), cancelled };
  const outcome =
    record ??
    receipt?.outcome ??
    (await toldMeanwhile(submitted)) ??
    verdictOf(submitted, status, circumstances);
  return { outcome, earlier: receipt?.earlier ?? [], recorded: record !== undefined, receipt };
}

/** Another process may have concluded the attempt under our eyes, and removed what it left. */
async function toldMeanwhile({
  journal,
  runLog,
  entry: { runId, attempt, owner },
}: Submitted): Promise<OutcomeRecord | undefined> {
  const now = await journal.read(runId);
  if (now?.outcome && now.attempt === attempt) return parseOutcome(now.outcome);
  if (!runLog || owner !== "relay") return undefined;
  const outcome = await finalOutcome(runRecords(runLog, runId));
  return outcome && outcome.attempt >= attempt ? outcome : undefined;
}

async function collect({ definition, context, handle }: Submitted): Promise<string | undefined> {
  return definition.collect?.(handle, context).catch(() => undefined);
}

// The receipt of a refusal (`recorded: false`) speaks of an attempt whose record, if there is one, is somebody else's.
async function recordOf(
  runLog: RunLog | undefined,
  { entry }: Submitted,
  receipt: Receipt | undefined,
): Promise<OutcomeRecord | undefined> {
  if (!runLog || entry.owner !== "submitter") return undefined;
  if (receipt && !receipt.recorded && receipt.outcome.cause !== "duplicate") return undefined;
  const records = runRecords(runLog, entry.runId);
  return (await finalOutcome(records)) ?? (await lastOutcome(records, entry.attempt));
}

async function lastOutcome(
  records: ReturnType<typeof runRecords>,
  attempt: number,
): Promise<OutcomeRecord | undefined> {
  const last = (await records.attempts()).at(-1) ?? attempt;
  const outcome = await records.readAttemptOutcome(Math.max(last, attempt));
  return outcome?.retrying ? undefined : outcome;
}
