import { hostname } from "node:os";

import { RunnableError, type Catalog, type RunLog } from "@runnable/plugin";

import { sha256File } from "../files/sha256-file.ts";
import type { RunRecords } from "../record/run-records.ts";
import type { Submission } from "./submission.ts";

/** What is to be proved. */
export interface Proof {
  readonly submission: Submission;
  readonly runId: string;
  readonly runLog: { readonly log: RunLog; readonly records: RunRecords } | undefined;
  readonly catalog: Catalog | undefined;
}

/**
 * Proves that this side sees the submitter's bytes: the nonce in run.json, the catalog's store id, the digest of a file of each
 * read-only need. Nothing is written before all of it holds.
 *
 * @throws RunnableError STORAGE_NOT_SHARED saying what was found where, on which host.
 */
export async function proveStorage({ submission, runId, runLog, catalog }: Proof): Promise<void> {
  const { catalogStoreId, files, submitter } = submission.proof;
  if (submission.owner === "submitter" && runLog) {
    await proveRunLog(runLog, { runId, nonce: submission.nonce, submitter });
  }
  if (catalogStoreId !== undefined && catalog) {
    await proveCatalog(catalog, { storeId: catalogStoreId, submitter });
  }
  for (const file of files ?? []) await proveFile(file);
}

async function proveRunLog(
  { log, records }: NonNullable<Proof["runLog"]>,
  { runId, nonce, submitter }: { readonly runId: string; readonly nonce: string } & Submitter,
): Promise<void> {
  const run = await records.readRun();
  if (run?.nonce === nonce) return;
  const found = run === undefined ? `holds no run ${runId}` : `holds another run ${runId}`;
  throw notShared("run log", `${log.location} ${found}`, viewOf(submitter, "runLog"));
}

async function proveCatalog(
  catalog: Catalog,
  { storeId, submitter }: { readonly storeId: string } & Submitter,
): Promise<void> {
  const found = await catalog.storeId({ create: false });
  if (found === storeId) return;
  throw notShared(
    "catalog",
    `${catalog.location} ${found === undefined ? "holds no .runnable/store-id" : `is store ${found}, not ${storeId}`}`,
    viewOf(submitter, "catalog"),
  );
}

async function proveFile(file: {
  readonly need: string;
  readonly path: string;
  readonly digest: string;
}): Promise<void> {
  const found = await sha256File(file.path).catch(() => undefined);
  if (found === file.digest) return;
  throw notShared(
    file.need,
    `${file.path} ${found === undefined ? "is not there" : "has other bytes"}`,
    "",
  );
}

interface Submitter {
  readonly submitter: Submission["proof"]["submitter"];
}

function viewOf(submitter: Submitter["submitter"], store: "runLog" | "catalog"): string {
  const location = submitter?.[store];
  return location === undefined ? "" : `; the submitter, on ${submitter?.host}, means ${location}`;
}

function notShared(what: string, seen: string, expected: string): RunnableError {
  return new RunnableError(
    "STORAGE_NOT_SHARED",
    `the ${what} here is not the submitter's: on ${hostname()}, ${seen}${expected}`,
    {
      hint: "Give the executor a place that both sides see, or a store that is reached over the network; nothing was written here.",
      exitCode: 78,
    },
  );
}
