import type { RunState } from "@runnable/plugin";

import { isAlive } from "../files/is-alive.ts";
import { finalOutcome } from "../record/final-outcome.ts";
import { parseOutcome, parseRun } from "../record/parse-record.ts";
import { runDurationMs } from "../record/run-duration.ts";
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
  /** From the beginning of its first attempt to its end. */
  readonly durationMs: number | undefined;
  readonly attempts: readonly AttemptView[];
  /** The submission on this machine, while it is not done or when its store is out of reach. */
  readonly entry: JournalEntry | undefined;
}

/** {@link RunView} without its attempts. */
export type RunSummary = Omit<RunView, "attempts">;

/** A run and its submission, if there is one on this machine. */
export type ListedEntry = Pick<RunView, "runId" | "entry">;

type RunFacts = Omit<RunSummary, "state">;

/** Silence after which a run is shown as unresponsive; heartbeats come every 5 s. */
const silenceMs = 30_000;

/** Reads a run whole; one that is provably gone is settled first. */
export async function viewRun(project: Project, runId: string): Promise<RunView> {
  const facts = await factsOf(project, { runId, entry: await project.journal.read(runId) });
  const attempts = await attemptsOf(runRecords(project.runLog, runId));
  return { ...facts, attempts, state: stateOf({ ...facts, attempts }) };
}

/** What a list shows of a run, whose journal entry is known. Of one that has ended no attempt is read. */
export async function summariseRun(project: Project, listed: ListedEntry): Promise<RunSummary> {
  const facts = await factsOf(project, listed);
  const attempts = facts.outcome ? [] : await attemptsOf(runRecords(project.runLog, listed.runId));
  return { ...facts, state: stateOf({ ...facts, attempts }) };
}

async function factsOf({ runLog }: Project, { runId, entry }: ListedEntry): Promise<RunFacts> {
  const records = runRecords(runLog, runId);
  // At once: a store elsewhere takes long to answer.
  const [recorded, ended] = await Promise.all([records.readRun(), records.readRunOutcome()]);
  const run = recorded ?? (entry?.run && parseRun(entry.run));
  const known = await (entry === undefined
    ? settleRun(records, runId, { run: recorded, outcome: ended })
    : finalOutcome(records, ended));
  const told = known ?? (entry?.outcome && parseOutcome(entry.outcome));
  const outcome = told && isUnderWay(entry, told) ? undefined : told;
  const durationMs = outcome && (await runDurationMs(records, outcome));
  return { runId, run, outcome, durationMs, entry };
}

/** An attempt that somebody made by hand after the run's outcome is not claimed at once: the journal knows of it before. */
function isUnderWay(entry: JournalEntry | undefined, { attempt }: OutcomeRecord): boolean {
  return entry !== undefined && entry.outcome === undefined && entry.attempt > attempt;
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
