import { setTimeout as sleep } from "node:timers/promises";

import type { FrameReader } from "../output/frame-reader.ts";
import type { RunObserver } from "../run-observer.ts";
import type { Submitted } from "../submit/submit-attempt.ts";

/** How long the stream may go on after the platform said that the job ended. */
const drainMs = 10_000;
const firstPauseMs = 100;
const longestPauseMs = 5000;

/** When to stop, and whom to tell of trouble. */
export interface PumpOptions {
  /** Aborted when the platform says that the job has ended. */
  readonly ended: AbortSignal;
  readonly observer: RunObserver;
}

/**
 * Brings the job side's output to the reader until the receipt has come, or the job has ended and the stream too. A stream that
 * is cut is opened again where it stopped; the reader drops what comes twice.
 */
export async function pumpLogs(
  submitted: Submitted,
  reader: FrameReader,
  { ended, observer }: PumpOptions,
): Promise<void> {
  const stop = new AbortController();
  const drain = () => setTimeout(() => stop.abort(), drainMs).unref();
  ended.addEventListener("abort", drain, { once: true });
  let pauseMs = firstPauseMs;
  for (;;) {
    // Asked before reading: a stream that began after the end holds everything.
    const last = ended.aborted;
    const before = reader.bytesTaken();
    const fault = await readStream(submitted, reader, stop.signal);
    if (fault !== undefined) observer.onNotice?.(`the log stream was cut (${fault}); reading on`);
    if (reader.receipt() !== undefined || stop.signal.aborted) return;
    if (last && fault === undefined) return;
    pauseMs = reader.bytesTaken() > before ? firstPauseMs : Math.min(pauseMs * 2, longestPauseMs);
    await pause(pauseMs, ended);
  }
}

async function readStream(
  { definition, context, handle }: Submitted,
  reader: FrameReader,
  signal: AbortSignal,
): Promise<string | undefined> {
  reader.restart();
  const since = { bytes: reader.bytesTaken(), at: new Date().toISOString() };
  const stream = definition.logs(handle, { ...context, signal }, since);
  try {
    for await (const bytes of stream) {
      reader.push(bytes);
      if (reader.receipt() !== undefined || signal.aborted) break;
    }
    reader.end();
    return undefined;
  } catch (error) {
    return signal.aborted ? undefined : error instanceof Error ? error.message : String(error);
  }
}

// Not longer than the job lives: its end is news.
async function pause(ms: number, ended: AbortSignal): Promise<void> {
  if (ended.aborted) return sleep(Math.min(ms, firstPauseMs));
  await sleep(ms, undefined, { signal: ended }).catch(() => undefined);
}
