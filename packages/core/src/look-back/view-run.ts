import type { RunState } from "@runnable/plugin";

import { isAlive } from "../files/is-alive.ts";
import { finalOutcome } from "../record/final-outcome.ts";
import { parseOutcome, parseRun } from "../record/parse-record.ts";
import type {
  ClaimRecord,
  HeartbeatRecord,
  OutcomeRecord,
  RunRecord,
} from "../record/run-record.ts";
import { runRecords, type RunRecords } from "../record/run-records.ts";
import type { JournalEntry } from "../submit/journal-entry.ts";
import type { Project } from "./open-project.ts";
import { settleRun } from "./settle-run.ts";

/** An attempt as recorded. */
export interface AttemptView {
  readonly attempt: number;
  readonly claim: ClaimRecord | undefined;
  readonly heartbeat: HeartbeatRecord | undefined;
  readonly outcome: OutcomeRecord | undefined;
}

/** All that is known of a run. `unresponsive` is shown, never written. */
export interface RunView {
  readonly runId: string;
  readonly state: RunState | "unresponsive";
  /** Absent when only the platform's side has it, or the run was lost before it was written. */
  readonly run: RunRecord | undefined;
  readonly outcome: OutcomeRecord | undefined;
  readonly attempts: readonly AttemptView[];
  /** The submission on this machine, while it is not done or when its store is out of reach. */
  readonly entry: JournalEntry | undefined;
}

/** Silence after which a run is shown as unresponsive; heartbeats come every 5 s. */
const silenceMs = 30_000;

/** Reads a run whole; one that is provably gone is settled first. */
export async function viewRun(project: Project, runId: string): Promise<RunView> {
  const { runLog, journal } = project;
  const entry = await journal.read(runId);
  const records = runRecords(runLog, runId);
  const run = (await records.readRun()) ?? (entry?.run && parseRun(entry.run));
  const settled = entry === undefined ? await settleRun(records, runId) : undefined;
  const outcome =
    settled ?? (await finalOutcome(records)) ?? (entry?.outcome && parseOutcome(entry.outcome));
  const attempts = await attemptsOf(records);
  return { runId, run, outcome, attempts, entry, state: stateOf({ outcome, attempts, entry }) };
}

/** The newest runs, or those with a tag among the newest 1,000: of the run log, and of submissions whose store is out of reach. */
export async function listRuns(
  project: Project,
  { limit, tag }: { readonly limit: number; readonly tag?: string },
): Promise<readonly RunView[]> {
  if (tag !== undefined) return taggedRuns(project, { limit, tag });
  const ids = await newestIds(project, limit);
  return Promise.all(ids.map((runId) => viewRun(project, runId)));
}

/** How many runs a tag is looked for in. */
const lookBack = 1000;

async function taggedRuns(
  project: Project,
  { limit, tag }: { readonly limit: number; readonly tag: string },
): Promise<readonly RunView[]> {
  const found: RunView[] = [];
  for (const runId of await newestIds(project, lookBack)) {
    const view = await viewRun(project, runId);
    if ((view.run?.tag ?? view.entry?.tag) === tag) found.push(view);
    if (found.length === limit) break;
  }
  return found;
}

async function newestIds({ runLog, journal }: Project, limit: number): Promise<readonly string[]> {
  const listed = await runLog.list({ limit });
  const submitted = await Promise.all((await journal.runIds()).map((runId) => journal.read(runId)));
  const known = new Set(listed.map(({ runId }) => runId));
  const others = submitted.flatMap((entry) => (entry && !known.has(entry.runId) ? [entry] : []));
  return [...listed, ...others]
    .toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1))
    .slice(0, limit)
    .map(({ runId }) => runId);
}

async function attemptsOf(records: RunRecords): Promise<readonly AttemptView[]> {
  const numbers = await records.attempts();
  return Promise.all(
    numbers.map(async (attempt) => {
      const [claim, heartbeat, outcome] = await Promise.all([
        records.readClaim(attempt),
        records.readHeartbeat(attempt),
        records.readAttemptOutcome(attempt),
      ]);
      return { attempt, claim, heartbeat, outcome };
    }),
  );
}

function stateOf({
  outcome,
  attempts,
  entry,
}: Pick<RunView, "outcome" | "attempts" | "entry">): RunView["state"] {
  if (outcome) return outcome.status;
  const last = attempts.at(-1);
  if (last?.claim) return isSilent(last) ? "unresponsive" : "running";
  return entry === undefined || entry.state === "INTENT" ? "created" : "submitted";
}

// Two machines' clocks are not compared: silence is judged only where the job runs on this machine.
function isSilent({ claim, heartbeat }: AttemptView): boolean {
  if (claim?.mode !== "supervised" || isAlive(claim.process) === undefined) return false;
  const last = heartbeat?.at ?? claim.claimedAt;
  return Date.now() - Date.parse(last) > silenceMs;
}
