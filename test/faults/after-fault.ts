import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { expect } from "vitest";

import { ledgerOf, type CommandEnd, type FaultProject } from "./fault-project.ts";

/** What `--json` says last. */
export interface ToldResult {
  readonly runId: string;
  readonly status: "succeeded" | "failed" | "cancelled" | "lost";
  readonly cause?: string;
  readonly exitCode: number | null;
  readonly attempt: number;
}

/** A run that suffered a fault. */
export interface StruckRun {
  /** Directory of its records, relative to the project. */
  readonly runLog: string;
  /** The command that began it. */
  readonly first: CommandEnd;
}

/**
 * What must hold after whatever died: two clients that come back at once are told one outcome, by themselves within seconds; no
 * JSON is torn; no process of the run is left; nothing lies about; the job ran once at most; the id stays taken.
 */
export async function expectOneOutcome(
  project: FaultProject,
  { runLog, first }: StruckRun,
): Promise<ToldResult | undefined> {
  const { runId } = project;
  const [one, other] = await Promise.all([attach(project, runId), attach(project, runId)]);
  if (isUnknown(one) && isUnknown(other)) {
    // It died before it left a trace.
    expect(await project.ledger()).toEqual([]);
    return undefined;
  }
  const told = toldBy(one);
  expect(toldBy(other)).toEqual(told);
  if (first.stdout.includes(`{"runId"`)) expect(toldBy(first)).toEqual(told);
  expect([one.code, other.code]).toEqual([statusOf(told), statusOf(told)]);
  expect(toldBy(await attach(project, runId))).toEqual(told);

  const records = await recordsOf(join(project.directory, runLog, runId));
  // A run log that only the job side sees may know nothing of a job that never ended there: the journal does.
  const elsewhere = runLog !== ".run_log_store" && told.status !== "succeeded";
  if (!elsewhere || records["outcome.json"] !== undefined) {
    expect(records["outcome.json"]).toBe(told.status);
  }
  expect(await tornFiles(project.directory)).toEqual([]);
  expect(await processesOf(runId)).toEqual([]);
  expect(await leftBehind(project)).toEqual([]);
  const ledger = await project.ledger();
  expect(ledger.length).toBeLessThanOrEqual(1);
  if (told.status === "succeeded") expect(ledger).toEqual([`${runId} 1`]);
  return told;
}

/** The id of a run that left a trace is refused to the next. */
export async function expectIdTaken(project: FaultProject): Promise<void> {
  const { runId } = project;
  const again = await project.runnable([
    "run",
    "job.ts",
    "-p",
    ledgerOf(project),
    "--run-id",
    runId,
  ]);
  expect(again.stderr).toContain("RUN_ID_USED");
  expect(again.code).toBe(78);
}

function attach(project: FaultProject, runId: string): Promise<CommandEnd> {
  return project.runnable(["attach", runId, "--json"]);
}

function isUnknown({ stderr, code }: CommandEnd): boolean {
  return code !== 0 && stderr.includes("RUN_NOT_FOUND");
}

function toldBy(end: CommandEnd): ToldResult {
  const line = end.stdout.trimEnd().split("\n").at(-1) ?? "";
  if (!line.startsWith("{")) {
    throw new Error(
      `attach told nothing (${end.code}, ${end.signal}):\n${end.stdout}${end.stderr}`,
    );
  }
  return JSON.parse(line) as ToldResult;
}

function statusOf({ status, exitCode }: ToldResult): number {
  if (status === "succeeded") return 0;
  return status === "lost" ? 75 : exitCode || 1;
}

async function recordsOf(directory: string): Promise<{ readonly [path: string]: string }> {
  const names = await readdir(directory, { recursive: true }).catch(() => []);
  const outcomes = names.filter((name) => /(^|\/)outcome\.json$/.test(name)).toSorted();
  const found = outcomes.map(async (name) => {
    const { status } = JSON.parse(await readFile(join(directory, name), "utf8")) as ToldResult;
    return [name, status] as const;
  });
  const records = Object.fromEntries(await Promise.all(found));
  // One run, one outcome: where both exist they say the same.
  const attempt = records["attempts/1/outcome.json"];
  const run = records["outcome.json"];
  if (attempt !== undefined && run !== undefined) expect(attempt).toBe(run);
  return records;
}

async function tornFiles(directory: string): Promise<readonly string[]> {
  const names = await readdir(directory, { recursive: true });
  const records = names.filter(
    (name) => !name.startsWith("node_modules") && /\.(nd)?json$/.test(name),
  );
  const torn = records.map(async (name) => {
    const text = await readFile(join(directory, name), "utf8");
    const parts = name.endsWith(".ndjson") ? text.trimEnd().split("\n") : [text];
    return parts.every(isJson) ? [] : [name];
  });
  return (await Promise.all(torn)).flat();
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Command lines of what still runs for this run; a job learns within a moment that its supervisor is gone. */
async function processesOf(runId: string): Promise<readonly string[]> {
  const deadline = performance.now() + 3000;
  for (;;) {
    const found = await lookAtProcesses(`RUNNABLE_RUN_ID=${runId}\0`);
    if (found.length === 0 || performance.now() > deadline) return found;
    await sleep(50);
  }
}

async function lookAtProcesses(variable: string): Promise<readonly string[]> {
  const ids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const found = ids.map(async (id) => {
    const environment = await readFile(`/proc/${id}/environ`, "utf8").catch(() => "");
    if (!environment.includes(variable)) return [];
    const line = await readFile(`/proc/${id}/cmdline`, "utf8").catch(() => "");
    return line === "" ? [] : [`${id} ${line.replaceAll("\0", " ")}`];
  });
  return (await Promise.all(found)).flat();
}

/** Whatever should have been cleared away. Half-written files of the dead (`*.tmp-…`) harm nobody. */
async function leftBehind({ directory, temporary }: FaultProject): Promise<readonly string[]> {
  const platform = join(temporary, `runnable-${process.getuid?.() ?? 0}`);
  const names = await Promise.all([
    filesIn(join(directory, ".runnable/stage")),
    filesIn(platform),
    unfinished(join(directory, ".runnable/submissions")),
  ]);
  return names.flat();
}

// Where the run log is over there, the journal keeps the outcome.
async function unfinished(journal: string): Promise<readonly string[]> {
  const files = await filesIn(journal);
  const found = files.map(async (file) => {
    const entry = JSON.parse(await readFile(file, "utf8")) as {
      readonly state: string;
      readonly owner: string;
    };
    return entry.state === "DONE" && entry.owner === "job" ? [] : [`${file} ${entry.state}`];
  });
  return (await Promise.all(found)).flat();
}

async function filesIn(place: string): Promise<readonly string[]> {
  const names = await readdir(place).catch(() => []);
  return names.filter((name) => !/\.tmp-[0-9a-f]{16}$/.test(name)).map((name) => join(place, name));
}
