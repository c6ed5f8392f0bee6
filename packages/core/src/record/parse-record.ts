import { RunnableError, type JsonObject } from "@runnable/plugin";

import { recordSchemas, type RecordSchemas } from "./record-schemas.ts";
import type { ClaimRecord, HeartbeatRecord, OutcomeRecord, RunRecord } from "./run-record.ts";

/** @throws RunnableError RECORD_UNREADABLE when the value is no `run.json`. */
export function parseRun(value: JsonObject): RunRecord {
  return parse("run.json", value) as RunRecord;
}

/** @throws RunnableError RECORD_UNREADABLE when the value is no `outcome.json`. */
export function parseOutcome(value: JsonObject): OutcomeRecord {
  return parse("outcome.json", value) as OutcomeRecord;
}

/** @throws RunnableError RECORD_UNREADABLE when the value is no `claim.json`. */
export function parseClaim(value: JsonObject): ClaimRecord {
  return parse("claim.json", value) as ClaimRecord;
}

/** @throws RunnableError RECORD_UNREADABLE when the value is no `heartbeat.json`. */
export function parseHeartbeat(value: JsonObject): HeartbeatRecord {
  return parse("heartbeat.json", value) as HeartbeatRecord;
}

function parse(what: keyof RecordSchemas, value: JsonObject): unknown {
  const result = recordSchemas()[what].safeParse(value);
  if (result.success) return result.data;
  const where = result.error.issues.map((issue) => issue.path.join(".") || "(all)").join(", ");
  throw new RunnableError("RECORD_UNREADABLE", `a ${what} is not what runnable writes: ${where}`, {
    hint: "It may come from another version; read it with that one.",
    exitCode: 75,
  });
}
