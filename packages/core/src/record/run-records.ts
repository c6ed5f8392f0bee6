import type { RunLog } from "@runnable/plugin";

import { parseClaim, parseHeartbeat, parseOutcome, parseRun } from "./parse-record.ts";
import type { ClaimRecord, HeartbeatRecord, OutcomeRecord, RunRecord } from "./run-record.ts";
import { toJson } from "./to-json.ts";

/** The records of one run in a run log, typed. Every `create…` is create-if-absent: false when the fact is there already. */
export interface RunRecords {
  readonly createRun: (record: RunRecord) => Promise<boolean>;
  readonly readRun: () => Promise<RunRecord | undefined>;
  readonly createClaim: (claim: ClaimRecord) => Promise<boolean>;
  readonly readClaim: (attempt: number) => Promise<ClaimRecord | undefined>;
  readonly beat: (attempt: number, heartbeat: HeartbeatRecord) => Promise<void>;
  readonly readHeartbeat: (attempt: number) => Promise<HeartbeatRecord | undefined>;
  readonly createAttemptOutcome: (outcome: OutcomeRecord) => Promise<boolean>;
  readonly createLateOutcome: (outcome: OutcomeRecord) => Promise<boolean>;
  readonly readAttemptOutcome: (attempt: number) => Promise<OutcomeRecord | undefined>;
  readonly createRunOutcome: (outcome: OutcomeRecord) => Promise<boolean>;
  readonly readRunOutcome: () => Promise<OutcomeRecord | undefined>;
  readonly attempts: () => Promise<readonly number[]>;
}

/** {@link RunRecords} of a run. */
export function runRecords(log: RunLog, runId: string): RunRecords {
  return {
    createRun: (record) => log.create({ runId, fact: "run" }, toJson(record)),
    readRun: async () => map(await log.read({ runId, fact: "run" }), parseRun),
    createClaim: (claim) =>
      log.create({ runId, fact: "claim", attempt: claim.attempt }, toJson(claim)),
    readClaim: async (attempt) =>
      map(await log.read({ runId, fact: "claim", attempt }), parseClaim),
    beat: (attempt, heartbeat) =>
      log.replace({ runId, fact: "heartbeat", attempt }, toJson(heartbeat)),
    readHeartbeat: async (attempt) =>
      map(await log.read({ runId, fact: "heartbeat", attempt }), parseHeartbeat),
    createAttemptOutcome: (outcome) =>
      log.create({ runId, fact: "outcome", attempt: outcome.attempt }, toJson(outcome)),
    createLateOutcome: (outcome) =>
      log.create({ runId, fact: "outcome-late", attempt: outcome.attempt }, toJson(outcome)),
    readAttemptOutcome: async (attempt) =>
      map(await log.read({ runId, fact: "outcome", attempt }), parseOutcome),
    createRunOutcome: (outcome) => log.create({ runId, fact: "outcome" }, toJson(outcome)),
    readRunOutcome: async () => map(await log.read({ runId, fact: "outcome" }), parseOutcome),
    attempts: () => log.attempts(runId),
  };
}

function map<T, U>(value: T | undefined, to: (value: T) => U): U | undefined {
  return value === undefined ? undefined : to(value);
}
