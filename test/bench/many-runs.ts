import { existsSync, linkSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

import { runIndex } from "../../packages/core/src/stores/run-index.ts";
import { cacheDirectory } from "./cache-directory.ts";
import { eachAtOnce } from "./each-at-once.ts";

/** Bump when the layout of the run log changes. */
const layoutVersion = 2;
export const millisecondsBetweenRuns = 250;
export const newest: number = Date.UTC(2026, 9, 31, 12);
/** Runs with records of their own; those of older ones are links to a few files, so that the folder is made in a minute. */
const wholeRuns = 1000;
/** Runs that share the files of one; ext4 allows 65,000 links to a file. */
const linkedRuns = 10_000;
const writers = 8;

/** A run log folder with that many succeeded runs in the layout of the file-system store; made once, without fsync. */
export async function manyRuns(count: number): Promise<string> {
  const folder = path.join(cacheDirectory(), `runs-${count}-v${layoutVersion}`);
  if (existsSync(folder)) return folder;
  process.stderr.write(`writing ${count} runs into ${folder} …\n`);
  const unfinished = `${folder}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  const index = runIndex(unfinished, path.join(unfinished, ".aside"));
  await eachAtOnce(writers, Array.from({ length: count }).keys(), async (number) => {
    const { runId, createdAt } = runOf(number);
    await index.takeId(runId);
    await index.enter(runId, createdAt);
    writeRecords(unfinished, number);
  });
  renameSync(unfinished, folder);
  return folder;
}

/** The newest is number 0. */
function runOf(number: number): { readonly runId: string; readonly createdAt: string } {
  const createdAt = new Date(newest - number * millisecondsBetweenRuns).toISOString();
  const digits = createdAt.replaceAll(/\D/g, "");
  const random = number.toString(36).padStart(13, "0");
  return { runId: `${digits.slice(0, 8)}-${digits.slice(8)}-${random}`, createdAt };
}

type RecordName = "run.json" | "attempts/1/claim.json" | "attempts/1/outcome.json" | "outcome.json";

function writeRecords(folder: string, number: number): void {
  const { runId, createdAt } = runOf(number);
  const isWhole = number < wholeRuns || number % linkedRuns === 0;
  const template = runOf(number - (number % linkedRuns)).runId;
  mkdirSync(path.join(folder, runId, isWhole ? "attempts/1" : ""), { recursive: true });
  for (const [name, record] of Object.entries(recordsOf(runId, createdAt))) {
    const file = path.join(folder, runId, name);
    if (isWhole) writeFileSync(file, `${JSON.stringify(record, undefined, 2)}\n`);
    else if (!name.includes("/")) linkSync(path.join(folder, template, name), file);
  }
}

/** Records of a succeeded run, by their names in a run log folder. */
export function recordsOf(
  runId: string,
  createdAt: string,
): { readonly [name in RecordName]: object } {
  const submitter = { host: "bench", pid: 4711, startedAt: "1", bootId: "boot" };
  const outcome = {
    runId,
    attempt: 1,
    status: "succeeded",
    exitCode: 0,
    returns: { answer: 42 },
    metrics: { answer: 42 },
    catalog: [],
    startedAt: createdAt,
    endedAt: createdAt,
    durationMs: 12,
    by: "job",
  };
  const claim = { runId, attempt: 1, platformId: runId, process: submitter, claimedAt: createdAt };
  return {
    "run.json": {
      version: 1,
      runId,
      createdAt,
      createdBy: "submitter",
      submitter,
      nonce: "00000000000000000000000000000000",
      parameters: {},
      config: {},
      job: { name: "trivial", kind: "function", file: "trivial.job.ts", exportName: "default" },
      executor: { type: "local", package: "@runnable/local", version: "0.1.0", digest: "sha256:0" },
    },
    "attempts/1/claim.json": { ...claim, mode: "in-process" },
    "attempts/1/outcome.json": outcome,
    "outcome.json": outcome,
  };
}
