import { setTimeout as sleep } from "node:timers/promises";

import { RunnableError, type Json } from "@runnable/plugin";

import { isAlive } from "../files/is-alive.ts";
import type { Services } from "../resolve/resolved.ts";
import { supervisedServices } from "../resolve/supervised-services.ts";
import type { RunObserver } from "../run-observer.ts";
import { connectClient } from "../submit/connect-client.ts";
import type { JournalEntry } from "../submit/journal-entry.ts";
import type { Journal } from "../submit/journal.ts";
import { remoteContext } from "../submit/remote-context.ts";
import { stageDirectoryOf } from "../submit/stage-directory.ts";
import type { Submitted } from "../submit/submit-attempt.ts";
import { openProject, type Project } from "./open-project.ts";

const pollMs = 50;

/** A submission found again, or the news that the platform never got it. */
export type Reopened =
  | { readonly found: true; readonly submitted: Submitted }
  | { readonly found: false };

/**
 * Finds what a client that died had submitted: by the handle in the journal, else by its name on the platform. A client that
 * still lives and has no handle yet is waited for.
 *
 * @throws RunnableError EXECUTOR_CHANGED when the config names another executor now.
 */
export async function reopenSubmission(
  here: Project,
  begun: JournalEntry,
  observer: RunObserver,
): Promise<Reopened> {
  const entry = await untilSubmitted(here.journal, begun);
  const project = await projectOf(here, entry);
  const { executor } = await remoteServices(await project.services(), entry);
  if (executor.kind !== "remote") throw executorChanged(entry, executor.section.type);
  const { definition, config } = executor;
  const log = (message: string) => observer.onNotice?.(message);
  const connected = await connectClient(definition, config, log);
  const { client } = connected;
  const release = async () => {
    await connected.release();
    if (project !== here) await project[Symbol.asyncDispose]();
  };
  const { projectDirectory } = project.config;
  const context = remoteContext({
    config,
    runId: entry.runId,
    attempt: entry.attempt,
    name: entry.name,
    projectDirectory,
    client,
    signal: new AbortController().signal,
    log,
  });
  const handle: Json | undefined = entry.handle ?? (await definition.find(entry.name, context));
  if (handle === undefined) {
    await release();
    return { found: false };
  }
  const submitted: Submitted = {
    definition,
    context,
    entry: { ...entry, handle },
    journal: project.journal,
    handle,
    runLog: entry.owner === "job" ? undefined : project.runLog,
    catalog: entry.catalogOutbox === undefined ? undefined : await project.openCatalog(),
    stageDirectory: stageDirectoryOf(projectDirectory, entry),
    release,
  };
  return { found: true, submitted };
}

// Asked too early, the platform knows nothing of a job that comes a moment later.
async function untilSubmitted(journal: Journal, begun: JournalEntry): Promise<JournalEntry> {
  let entry = begun;
  for (;;) {
    const submits = entry.state === "INTENT" && entry.submitter && isAlive(entry.submitter);
    // Read once more: it may have written the handle right before it ended.
    const now = await journal.read(entry.runId);
    if (!submits || now === undefined) return now ?? entry;
    entry = now;
    await sleep(pollMs);
  }
}

// The config file of the submission, wherever the command is called.
async function projectOf(here: Project, entry: JournalEntry): Promise<Project> {
  const same = here.config.file === entry.configFile && entry.executorOption === undefined;
  if (same) return here;
  return openProject({
    ...(entry.configFile === undefined ? {} : { configFile: entry.configFile }),
    ...(entry.executorOption === undefined ? {} : { executor: entry.executorOption }),
  });
}

function remoteServices(services: Services, entry: JournalEntry): Promise<Services> {
  if (services.executor.section.type !== entry.executorType) {
    throw executorChanged(entry, services.executor.section.type);
  }
  // Whatever made the run leave the submitter's process then: what it left for is the stand-in.
  return supervisedServices(services, { detach: true, timed: false, retries: false });
}

function executorChanged(entry: JournalEntry, type: string): RunnableError {
  return new RunnableError(
    "EXECUTOR_CHANGED",
    `run ${entry.runId} was submitted by executor ${entry.executorType}; the config names ${type}`,
    { hint: `Give the config of then: --config ${entry.configFile ?? "FILE"}.`, exitCode: 78 },
  );
}
