import {
  isRunnableError,
  type Catalog,
  type JsonObject,
  type Outcome,
  type RunLog,
} from "@runnable/plugin";

import { recordOutput, type RecordedOutput } from "./direct/record-output.ts";
import { recordSuddenEnd, type SuddenEnd } from "./direct/record-sudden-end.ts";
import { attemptOutcome, type PutOutcome } from "./execute/attempt-outcome.ts";
import { getFiles, putFiles } from "./execute/catalog-sync.ts";
import { claimAttempt } from "./execute/claim-attempt.ts";
import type { JobResult } from "./execute/job-result.ts";
import { performJob } from "./execute/perform.ts";
import { refusalOutcome } from "./execute/refusal-outcome.ts";
import { nodeCrypto } from "./files/node-crypto.ts";
import type { RunResult } from "./jobs/job.ts";
import { createRedactor, type Redactor } from "./output/redactor.ts";
import type { PreparedRun } from "./prepare/prepare-run.ts";
import { codeIdentity } from "./record/code-identity.ts";
import type { CodeIdentity, OutcomeRecord } from "./record/run-record.ts";
import { runRecords, type RunRecords } from "./record/run-records.ts";
import type { ResolvedExecutor } from "./resolve/resolved.ts";
import type { RunObserver } from "./run-observer.ts";
import { openStore } from "./submit/open-stores.ts";
import { projectFiles } from "./submit/project-files.ts";
import { runRecordOf } from "./submit/run-record-of.ts";
import { setUpRunLog } from "./submit/set-up-run-log.ts";

type DirectExecutor = ResolvedExecutor & { readonly kind: "direct" };

/** `attempt` is 1 by default; `check` throws when the code is not what it must be. */
export interface DirectAttempt {
  readonly observer: RunObserver;
  readonly attempt?: number;
  readonly check?: (code: CodeIdentity) => void;
}

/** A run in this process: set up the run log, claim, do the job, keep its files, record. */
export async function runDirect(
  run: PreparedRun,
  executor: DirectExecutor,
  attempt: DirectAttempt,
): Promise<RunResult> {
  const runLog = await openStore(run.services.runLog, run);
  try {
    return await runRecorded(run, runLog, { ...attempt, executor });
  } finally {
    // A process may do many runs.
    await runLog.close?.();
  }
}

async function runRecorded(
  run: PreparedRun,
  runLog: RunLog,
  { executor, observer, attempt = 1, check }: DirectAttempt & { readonly executor: DirectExecutor },
): Promise<RunResult> {
  const { runId } = run;
  const records = runRecords(runLog, runId);
  const redact = createRedactor(run.secrets);
  const code = codeOf(run, await declaredFiles(run));
  check?.(await code);
  if (attempt === 1) {
    const nonce = nodeCrypto().randomBytes(16).toString("hex");
    await setUpRunLog(runLog, runRecordOf(run, { nonce }), attempt);
  }
  await claimAttempt(records, attempt, {
    runId,
    platformId: nodeCrypto().randomUUID(),
    mode: "in-process",
    restarts: false,
    limit: attempt,
  });
  observer.onState?.("running");
  const direct = beginDirect({ run, runLog, redact, observer, attempt, startedAt: new Date() });
  try {
    const outcome = { ...(await execute(direct, executor)), runId, code: await code };
    return await record(records, outcome);
  } finally {
    direct.sudden.release();
  }
}

async function record(records: RunRecords, outcome: OutcomeRecord): Promise<OutcomeRecord> {
  if (!(await records.createAttemptOutcome(outcome))) {
    return (await records.readAttemptOutcome(outcome.attempt)) ?? outcome;
  }
  await records.createRunOutcome(outcome);
  return outcome;
}

interface Direct {
  readonly run: PreparedRun;
  readonly runLog: RunLog;
  readonly redact: Redactor;
  readonly observer: RunObserver;
  readonly attempt: number;
  readonly startedAt: Date;
  readonly output: RecordedOutput;
  readonly sudden: SuddenEnd;
}

/** From here output is recorded and sudden ends of this process are told. */
function beginDirect(begun: Omit<Direct, "output" | "sudden">): Direct {
  const { run, runLog, attempt, redact, observer, startedAt } = begun;
  const { runId } = run;
  const output = recordOutput(runLog, { runId, attempt, redact });
  const sudden = recordSuddenEnd(runLog, {
    runId,
    attempt,
    startedAt,
    redact,
    onEnd: output.closeSync,
    onRecorded: (outcome) => observer.onSuddenEnd?.(outcome),
    showsUncaught: observer.showsUncaught ?? false,
    onInterrupt: () => observer.onNotice?.("stopping; interrupt again to end it at once"),
  });
  return { ...begun, output, sudden };
}

/** The executor's `executeJob`. */
async function execute(direct: Direct, executor: DirectExecutor): Promise<Outcome> {
  const { run, attempt, observer, output, sudden } = direct;
  const { runId } = run;
  const given = run.request.signal;
  const signal = given ? AbortSignal.any([given, sudden.signal]) : sudden.signal;
  try {
    await sudden.ready;
    return await executor.definition.executeJob({
      config: executor.config,
      runId,
      attempt,
      name: runId,
      signal,
      log: (message) => observer.onNotice?.(message),
      run: () => perform(direct, signal),
    });
  } catch (error) {
    return refusalOutcome(runId, attempt, error);
  } finally {
    await output.close();
    sudden.jobDone();
  }
}

async function perform(direct: Direct, signal: AbortSignal): Promise<OutcomeRecord> {
  const { run, redact, attempt, startedAt, observer, runLog, output } = direct;
  const { runId, facts, workingDirectory } = run;
  const usesCatalog = (facts.catalog.put ?? facts.catalog.get ?? []).length > 0;
  const catalog = usesCatalog ? await openStore(run.services.catalog, run) : undefined;
  if (catalog) {
    await getFiles(catalog, runLog, { get: facts.catalog.get, directory: workingDirectory });
  }
  const secrets = Object.fromEntries(facts.secrets.map((name) => [name, run.secrets[name] ?? ""]));
  const result = await performJob({
    job: run.job,
    parameters: run.parameters,
    secrets,
    runId,
    attempt,
    signal,
    workingDirectory,
    env: process.env,
    onProgress: (progress) =>
      observer.onProgress?.(redact.redactJson({ ...progress }) as JsonObject),
    onOutput: output.take,
  });
  const put = await publish(catalog, run, result);
  return attemptOutcome({
    runId,
    attempt,
    startedAt,
    redact,
    result,
    put,
    end: { peakMemoryBytes: process.resourceUsage().maxRSS * 1024 },
  });
}

async function publish(
  catalog: Catalog | undefined,
  { runId, facts, workingDirectory: directory }: PreparedRun,
  result: JobResult,
): Promise<PutOutcome> {
  if (!catalog || result.status !== "succeeded") return { entries: [], unmatched: [] };
  try {
    return await putFiles(catalog, runId, { ...facts.catalog, directory });
  } catch (error) {
    return {
      entries: [],
      unmatched: [],
      error: isRunnableError(error) ? error : new Error(String(error)),
    };
  }
}

/** Declared files need not travel here, and must be there all the same. */
async function declaredFiles({ job, workingDirectory }: PreparedRun): Promise<readonly string[]> {
  const patterns = job.definition.files ?? [];
  if (patterns.length === 0) return [];
  const files = await projectFiles({ patterns, workingDirectory, extraFiles: [] });
  return files.map(({ source }) => source);
}

function codeOf(run: PreparedRun, files: readonly string[]): Promise<CodeIdentity> {
  return codeIdentity({
    projectDirectory: run.config.projectDirectory,
    modules: run.modules,
    files,
  });
}
