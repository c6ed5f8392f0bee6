import * as z from "zod/mini";

/** Schemas of the facts of a run, by the name of their file. */
export interface RecordSchemas {
  readonly "run.json": z.ZodMiniType;
  readonly "outcome.json": z.ZodMiniType;
  readonly "claim.json": z.ZodMiniType;
  readonly "heartbeat.json": z.ZodMiniType;
}

let made: RecordSchemas | undefined;

/** Made when they are asked for: that takes 2.5 ms, and a run in this process reads no record. */
export function recordSchemas(): RecordSchemas {
  made ??= {
    "run.json": run(),
    "outcome.json": outcome(),
    "claim.json": claim(),
    "heartbeat.json": z.object({ counter: z.number(), at: z.string() }),
  };
  return made;
}

function run(): z.ZodMiniType {
  return z.object({
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
    parameters: json(),
    config: json(),
    executor: z.object({
      type: z.string(),
      package: z.string(),
      version: z.string(),
      integrity: z.optional(z.string()),
      digest: z.string(),
      name: z.optional(z.string()),
    }),
    code: z.optional(code()),
    submitter: processIdentity(),
    createdAt: z.string(),
    createdBy: z.enum(["submitter", "job"]),
    nonce: z.string(),
    mock: z.optional(z.boolean()),
  });
}

function outcome(): z.ZodMiniType {
  return z.object({
    runId: z.string(),
    attempt: z.number(),
    status: z.enum(["succeeded", "failed", "cancelled", "lost"]),
    cause: z.optional(z.string()),
    exitCode: z.optional(z.number()),
    signal: z.optional(z.string()),
    error: z.optional(error()),
    returns: json(),
    metrics: z.record(z.string(), z.number()),
    catalog: z.array(catalogEntry()),
    startedAt: z.optional(z.string()),
    endedAt: z.string(),
    durationMs: z.optional(z.number()),
    peakMemoryBytes: z.optional(z.number()),
    by: z.enum(["job", "submitter"]),
    evidence: z.optional(json()),
    code: z.optional(code()),
    retrying: z.optional(z.boolean()),
  });
}

function claim(): z.ZodMiniType {
  return z.object({
    runId: z.string(),
    attempt: z.number(),
    platformId: z.string(),
    process: processIdentity(),
    claimedAt: z.string(),
    mode: z.enum(["in-process", "supervised"]),
  });
}

function processIdentity(): z.ZodMiniType {
  return z.object({
    host: z.string(),
    pid: z.number(),
    startedAt: z.string(),
    bootId: z.string(),
  });
}

function code(): z.ZodMiniType {
  return z.object({
    digest: z.string(),
    git: z.optional(
      z.object({
        commit: z.string(),
        dirty: z.array(z.string()),
        remote: z.optional(z.string()),
      }),
    ),
  });
}

function error(): z.ZodMiniType {
  return z.object({
    name: z.string(),
    message: z.string(),
    stack: z.optional(z.string()),
    remedy: z.optional(z.string()),
  });
}

function catalogEntry(): z.ZodMiniType {
  return z.object({
    path: z.string(),
    digest: z.string(),
    bytes: z.number(),
    stored: z.boolean(),
  });
}

function json(): z.ZodMiniType {
  return z.record(z.string(), z.json());
}
