import { isAbsolute, join } from "node:path";

import { RunnableError, isRunnableError } from "@runnable/plugin";

import type { JobFacts } from "../jobs/job-facts.ts";
import type { OutcomeRecord } from "../record/run-record.ts";
import type { Allocation } from "./allocation.ts";
import { aroundAttempt } from "./around-attempt.ts";
import { attemptOutcome, type PutOutcome } from "./attempt-outcome.ts";
import { attemptResult } from "./attempt-result.ts";
import { getFiles, layOut, putFiles } from "./catalog-sync.ts";
import { beginHeartbeat } from "./heartbeat.ts";
import type { JobResult } from "./job-result.ts";
import { oomKills } from "./oom-kills.ts";
import type { ProcessEnd, SupervisedProcess } from "./supervised-process.ts";
import { timeLimit } from "./time-limit.ts";
import { makeWorkingDirectory } from "./working-directory.ts";

/** An attempt's outcome, and what the job said of itself (unless it could not be loaded). */
export interface AttemptEnd {
  readonly outcome: OutcomeRecord;
  readonly facts: JobFacts | undefined;
}

/** One attempt: working directory, job process, output, catalog. Records nothing but output and heartbeat. */
export async function runAttempt(
  allocation: Allocation,
  attempt: number,
  process: SupervisedProcess,
): Promise<AttemptEnd> {
  const startedAt = new Date();
  const { runId, output, runLog } = allocation;
  const kept = output.beginAttempt(
    runLog && ((segment) => runLog.log.appendOutput({ runId, attempt }, segment)),
  );
  const { redact } = allocation;
  process.listen({
    onOutput: kept.take,
    onProgress: (progress) => output.event("p", redact.redactJson({ ...progress })),
  });
  const heartbeat = beginHeartbeat(runLog?.records, attempt, () =>
    allocation.stopper.stop("fenced"),
  );
  let facts: JobFacts | undefined;
  const outcome = await aroundAttempt(allocation, attempt, async () => {
    const done = await inDirectory(allocation, (directory) =>
      superviseIn(allocation, { attempt, process, directory }),
    ).catch((error: unknown) => refused(error, process));
    facts = done.facts;
    return attemptOutcome({ runId, attempt, startedAt, redact, ...done });
  });
  await kept.end();
  heartbeat.end();
  return { facts, outcome };
}

interface Supervised {
  readonly result: JobResult;
  readonly facts: JobFacts | undefined;
  readonly put: PutOutcome;
  readonly end: ProcessEnd | undefined;
}

interface Supervision {
  readonly attempt: number;
  readonly process: SupervisedProcess;
  readonly directory: string;
}

async function superviseIn(allocation: Allocation, supervision: Supervision): Promise<Supervised> {
  const { submission, stopper, remainingMs } = allocation;
  const limit = timeLimit(() => stopper.stop("timeout"));
  // A module may wait for ever before its job is known.
  limit.set(smaller(submission.timeoutMs, remainingMs(undefined)));
  const onFacts = (facts: JobFacts | undefined) => {
    if (submission.timeoutMs === undefined) {
      limit.set(smaller(facts?.timeoutMs, remainingMs(facts?.deadlineMs)));
    }
  };
  try {
    return await supervise(allocation, supervision, onFacts);
  } finally {
    limit.set(undefined);
  }
}

async function supervise(
  allocation: Allocation,
  { attempt, process, directory }: Supervision,
  onFacts: (facts: JobFacts | undefined) => void,
): Promise<Supervised> {
  const { submission, root, stopper, runId, parameters, secrets } = allocation;
  const killsBefore = await oomKills();
  const { module, exportName } = submission.job;
  const absolute = isAbsolute(module) ? module : join(root, module);
  process.send({ type: "load", module: absolute, exportName, workingDirectory: directory });
  stopper.attach(process);
  const facts = await process.facts;
  onFacts(facts);
  if (facts) {
    await getInto(allocation, facts, directory);
    const own = Object.fromEntries(facts.secrets.map((name) => [name, secretOf(secrets, name)]));
    process.send({ type: "start", runId, attempt, parameters, secrets: own });
  }
  const end = await process.ended;
  const killed = wasKilled(end) && (await oomKills()) > killsBefore;
  const result = attemptResult(end, stopper.reason(), killed);
  const put = result.status === "succeeded" ? await publish(allocation, facts, directory) : nothing;
  return { result, facts, put, end };
}

// The job's process or its command; a shell tells the death of what it started by 128 + 9.
function wasKilled({ signal, result }: ProcessEnd): boolean {
  return signal === "SIGKILL" || result?.signal === "SIGKILL" || result?.exitCode === 137;
}

function smaller(one: number | undefined, other: number | undefined): number | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return Math.min(one, other);
}

const nothing: PutOutcome = { entries: [], unmatched: [] };

function secretOf(secrets: Allocation["secrets"], name: string): string {
  const value = secrets[name];
  if (value !== undefined) return value;
  throw new RunnableError("SECRETS_MISSING", `secret ${name} did not travel`, {
    hint: "Declare it in `secrets` of the job, not later.",
    exitCode: 78,
  });
}

async function getInto(allocation: Allocation, facts: JobFacts, directory: string): Promise<void> {
  const { catalog, runLog } = allocation;
  // Under relay the submitter has put these files into the payload.
  if (!catalog || !runLog) return;
  await getFiles(catalog, runLog.log, { get: facts.catalog.get, directory });
}

async function publish(
  allocation: Allocation,
  facts: JobFacts | undefined,
  directory: string,
): Promise<PutOutcome> {
  const { catalog, submission, runId, stopper } = allocation;
  if (!facts || stopper.reason() === "fenced") return nothing;
  const put = { ...facts.catalog, directory };
  try {
    if (catalog) return await putFiles(catalog, runId, put);
    return submission.catalogOutbox === undefined
      ? nothing
      : await layOut(submission.catalogOutbox, { ...put, folder: submission.catalogFolder });
  } catch (error) {
    return { ...nothing, error: isRunnableError(error) ? error : new Error(String(error)) };
  }
}

async function inDirectory<T>(
  { root, submission, env }: Allocation,
  work: (directory: string) => Promise<T>,
): Promise<T> {
  if (submission.mode === "image") return work(process.cwd());
  const directory = await makeWorkingDirectory(root, submission, env);
  try {
    return await work(directory.path);
  } finally {
    await directory.remove();
  }
}

/** A fault of ours or of the store before the job ran: the attempt fails, told as what it is. */
function refused(error: unknown, process: SupervisedProcess): Supervised {
  process.signalGroup("SIGKILL");
  const { message } = error instanceof Error ? error : new Error(String(error));
  const known = isRunnableError(error);
  return {
    facts: undefined,
    put: nothing,
    end: undefined,
    result: {
      status: "failed",
      cause: known && error.exitCode === 78 ? "config" : "platform",
      exitCode: known ? error.exitCode : 75,
      error: {
        name: known ? error.code : "Error",
        message,
        ...(known && error.hint !== undefined ? { remedy: error.hint } : {}),
      },
      returns: {},
      metrics: {},
    },
  };
}
