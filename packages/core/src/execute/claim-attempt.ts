import { RunnableError } from "@runnable/plugin";

import { nodeCrypto } from "../files/node-crypto.ts";
import { processIdentity } from "../files/process-identity.ts";
import { lostOutcome } from "../record/lost-outcome.ts";
import type { ClaimRecord, OutcomeRecord } from "../record/run-record.ts";
import type { RunRecords } from "../record/run-records.ts";

/** Who claims. */
export interface Claimant {
  readonly runId: string;
  /** The platform's own id of this start; random when it gives none. */
  readonly platformId: string;
  readonly mode: ClaimRecord["mode"];
  /** The platform promises that a former start is dead when another begins. */
  readonly restarts: boolean;
  /** Attempts that the job allows. */
  readonly limit: number;
}

/** The platform's id of this start, from `RUNNABLE_PLATFORM_ID`. */
export function platformIdOf(env: NodeJS.ProcessEnv): string {
  return env["RUNNABLE_PLATFORM_ID"] ?? nodeCrypto().randomUUID();
}

/**
 * Claims an attempt, create-if-absent. The same platform id resumes its claim. Where the platform restarts what failed, the
 * claim moves on to the next attempt, and the former, if it left no outcome, is recorded as lost.
 *
 * @returns the attempt that is now ours.
 * @throws RunnableError DUPLICATE when somebody else has it and isn't proven dead; nothing was touched.
 */
export async function claimAttempt(
  records: RunRecords,
  attempt: number,
  claimant: Claimant,
): Promise<number> {
  if (await records.createClaim(claimOf(attempt, claimant))) return attempt;
  const [claim, outcome] = await Promise.all([
    records.readClaim(attempt),
    records.readAttemptOutcome(attempt),
  ]);
  if (claim?.platformId === claimant.platformId && outcome === undefined) return attempt;
  if (!claimant.restarts || attempt >= claimant.limit || isFinal(outcome)) {
    throw duplicate(claim, attempt, claimant);
  }
  if (outcome === undefined) {
    await records.createAttemptOutcome(
      lostOutcome({ runId: claimant.runId, attempt }, "node_lost"),
    );
  }
  return claimAttempt(records, attempt + 1, claimant);
}

function isFinal(outcome: OutcomeRecord | undefined): boolean {
  return outcome?.status === "succeeded" || outcome?.status === "cancelled";
}

function claimOf(attempt: number, claimant: Claimant): ClaimRecord {
  return {
    runId: claimant.runId,
    attempt,
    platformId: claimant.platformId,
    process: processIdentity(),
    claimedAt: new Date().toISOString(),
    mode: claimant.mode,
  };
}

function duplicate(
  claim: ClaimRecord | undefined,
  attempt: number,
  { runId }: Claimant,
): RunnableError {
  const who = claim ? `process ${claim.process.pid} on ${claim.process.host}` : "another process";
  return new RunnableError("DUPLICATE", `attempt ${attempt} of ${runId} was claimed by ${who}`, {
    hint: "Nothing was touched here. `runnable runs show` tells how that one fares.",
    exitCode: 78,
  });
}
