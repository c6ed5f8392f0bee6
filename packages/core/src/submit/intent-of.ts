import { createHash } from "node:crypto";

import type { Json } from "@runnable/plugin";

import type { PreparedRun } from "../prepare/prepare-run.ts";
import { toJson } from "../record/to-json.ts";
import type { JournalEntry } from "./journal-entry.ts";
import { referenceOfRun } from "./make-stage.ts";
import type { PlacedRun } from "./place-run.ts";
import type { StagedAttempt } from "./stage-attempt.ts";

/** The journal's first entry of an attempt: INTENT, all that finds the attempt again. */
export function intentOf(
  run: PreparedRun,
  { placedRun, staged, plan }: { placedRun: PlacedRun; staged: StagedAttempt; plan: Json },
): JournalEntry {
  const { request, config, services } = run;
  const { retries } = run.facts;
  return {
    version: 1,
    runId: run.runId,
    attempt: placedRun.attempt,
    name: placedRun.name,
    state: "INTENT",
    owner: placedRun.owner,
    nonce: staged.nonce,
    executorType: services.executor.section.type,
    ...(typeof request.executor === "string" ? { executorOption: request.executor } : {}),
    ...(config.file === undefined ? {} : { configFile: config.file }),
    workingDirectory: run.workingDirectory,
    job: referenceOfRun(run),
    parameters: run.parameters,
    ...(request.tag === undefined ? {} : { tag: request.tag }),
    createdAt: staged.record.createdAt,
    submitter: staged.record.submitter,
    ...(request.detach ? { detached: true } : {}),
    planDigest: `sha256:${createHash("sha256").update(JSON.stringify(plan)).digest("hex")}`,
    ...(staged.catalogOutbox === undefined ? {} : { catalogOutbox: staged.catalogOutbox }),
    retries,
    ...(placedRun.owner === "job" ? { run: toJson(staged.record) } : {}),
  };
}
