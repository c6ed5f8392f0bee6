import { RunnableError, type JsonObject } from "@runnable/plugin";
import * as z from "zod/mini";

import type { ClaimRecord, HeartbeatRecord, OutcomeRecord, RunRecord } from "./run-record.ts";

const json = z.record(z.string(), z.json());
const processIdentity = z.object({
  host: z.string(),
  pid: z.number(),
  startedAt: z.string(),
  bootId: z.string(),
});
const code = z.object({
  digest: z.string(),
  git: z.optional(
    z.object({
      commit: z.string(),
      dirty: z.array(z.string()),
      remote: z.optional(z.string()),
    }),
  ),
});
const error = z.object({
  name: z.string(),
  message: z.string(),
  stack: z.optional(z.string()),
  remedy: z.optional(z.string()),
});
const catalogEntry = z.object({
  path: z.string(),
  digest: z.string(),
  bytes: z.number(),
  stored: z.boolean(),
});
const outcome = z.object({
  runId: z.string(),
  attempt: z.number(),
  status: z.enum(["succeeded", "failed", "cancelled", "lost"]),
  cause: z.optional(z.string()),
  exitCode: z.optional(z.number()),
  signal: z.optional(z.string()),
  error: z.optional(error),
  returns: json,
  metrics: z.record(z.string(), z.number()),
  catalog: z.array(catalogEntry),
  startedAt: z.optional(z.string()),
  endedAt: z.string(),
  durationMs: z.optional(z.number()),
  peakMemoryBytes: z.optional(z.number()),
  by: z.enum(["job", "submitter"]),
  evidence: z.optional(json),
  code: z.optional(code),
  retrying: z.optional(z.boolean()),
});
const run = z.object({
  version: z.literal(1),
  runId: z.string(),
  tag: z.optional(z.string()),
  job: z.object({
    name: z.string(),
    kind: z.enum(["function", "shell", "script"]),
    file: z.string(),
    exportName: z.string(),
    command: z.optional(z.union([z.string(), z.array(z.string())])),
  }),
  parameters: json,
  config: json,
  executor: z.object({
    type: z.string(),
    package: z.string(),
    version: z.string(),
    integrity: z.optional(z.string()),
    digest: z.string(),
    name: z.optional(z.string()),
  }),
  code: z.optional(code),
  submitter: processIdentity,
  createdAt: z.string(),
  createdBy: z.enum(["submitter", "job"]),
  nonce: z.string(),
  mock: z.optional(z.boolean()),
});
const claim = z.object({
  runId: z.string(),
  attempt: z.number(),
  platformId: z.string(),
  process: processIdentity,
  claimedAt: z.string(),
  mode: z.enum(["in-process", "supervised"]),
});
const heartbeat = z.object({ counter: z.number(), at: z.string() });

/** @throws RunnableError RECORD_UNREADABLE when the value is no `run.json`. */
export function parseRun(value: JsonObject): RunRecord {
  return parse(run, value, "run.json") as RunRecord;
}

/** @throws RunnableError RECORD_UNREADABLE when the value is no `outcome.json`. */
export function parseOutcome(value: JsonObject): OutcomeRecord {
  return parse(outcome, value, "outcome.json") as OutcomeRecord;
}

/** @throws RunnableError RECORD_UNREADABLE when the value is no `claim.json`. */
export function parseClaim(value: JsonObject): ClaimRecord {
  return parse(claim, value, "claim.json") as ClaimRecord;
}

/** @throws RunnableError RECORD_UNREADABLE when the value is no `heartbeat.json`. */
export function parseHeartbeat(value: JsonObject): HeartbeatRecord {
  return parse(heartbeat, value, "heartbeat.json") as HeartbeatRecord;
}

function parse(schema: z.ZodMiniType, value: JsonObject, what: string): unknown {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const where = result.error.issues.map((issue) => issue.path.join(".") || "(all)").join(", ");
  throw new RunnableError("RECORD_UNREADABLE", `a ${what} is not what runnable writes: ${where}`, {
    hint: "It may come from another version; read it with that one.",
    exitCode: 75,
  });
}
