import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { HealthFinding } from "@runnable/plugin";

import type { RunResult } from "../jobs/job.ts";
import { openStore } from "../submit/open-stores.ts";
import type { CanaryPlace } from "./canary-traces.ts";
import { canaryBytes } from "./canary.ts";

/** What came back of a canary. */
export interface CanaryReturn {
  readonly result: RunResult;
  /** Milliseconds, here. */
  readonly tookMs: number;
  /** When it was asked for and when its end was known, by this clock. */
  readonly from: Date;
  readonly to: Date;
  /** What it was to print; undefined where nothing. */
  readonly printed: string | undefined;
  readonly heard: string;
}

/** Clocks that differ by more make times in records misleading. */
const skewMs = 5000;

/** Whether everything of it came back: outcome, returns, output, and its file from the catalog with the same bytes. */
export async function judgeCanary(
  place: CanaryPlace,
  { result, tookMs, printed, heard }: CanaryReturn,
): Promise<HealthFinding> {
  const check = "canary";
  const { error, status, cause } = result;
  if (status !== "succeeded") {
    const why = error?.message ?? cause ?? "it said nothing";
    const remedy = error?.remedy;
    const detail = `a trivial job ${status}: ${why}`;
    return { check, status: "failed", detail, ...(remedy === undefined ? {} : { remedy }) };
  }
  const missing = [
    ...(result.returns["song"] === place.runId ? [] : ["its returns"]),
    ...(printed === undefined || heard.includes(printed) ? [] : ["its output"]),
    ...((await filesAreWhole(place)) ? [] : ["its file, whole"]),
  ];
  if (missing.length > 0) {
    return { check, status: "failed", detail: `a trivial job ran, without ${missing.join(", ")}` };
  }
  const seconds = (tookMs / 1000).toFixed(1);
  return { check, status: "ok", detail: `a trivial job ran there and back in ${seconds} s` };
}

/** Whether the job side's clock agrees with ours; nothing where it does not tell. */
export function judgeClock({ result, from, to }: CanaryReturn): readonly HealthFinding[] {
  const { startedAt, endedAt, by } = result;
  if (startedAt === undefined || by !== "job") return [];
  const ahead = Date.parse(endedAt) - to.getTime();
  const behind = from.getTime() - Date.parse(startedAt);
  const off = Math.max(ahead, behind);
  const check = "clock";
  if (off <= skewMs) {
    return [{ check, status: "ok", detail: "the job side's agrees with this one" }];
  }
  return [
    {
      check,
      status: "warning",
      detail: `the job side's is ${Math.round(off / 1000)} s ${ahead > behind ? "ahead" : "behind"}`,
      remedy: "Synchronize both clocks: times in records come from both.",
    },
  ];
}

/** False when the file came back changed. One in a catalog that only the job side sees, or that keeps nothing, can't be looked at. */
async function filesAreWhole({ runId, services, ...run }: CanaryPlace): Promise<boolean> {
  const catalog = await openStore(services.catalog, run);
  const directory = await mkdtemp(join(tmpdir(), "runnable-canary-"));
  try {
    const [entry] = await catalog.list(runId);
    if (!entry?.stored) return true;
    await catalog.get(runId, [entry], directory);
    return (await readFile(join(directory, entry.path), "utf8")) === canaryBytes;
  } finally {
    await catalog.close?.();
    await rm(directory, { recursive: true, force: true });
  }
}
