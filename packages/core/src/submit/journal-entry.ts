import { RunnableError, type Json, type JsonObject } from "@runnable/plugin";
import * as z from "zod/mini";

import type { RunLogOwner } from "../execute/submission.ts";
import type { ProcessIdentity } from "../record/run-record.ts";

/** Steps of a submission, in order. */
export type JournalState = "INTENT" | "HANDLE" | "OUTCOME" | "DONE";

/** One submission: everything that a later process needs to find the run again. No secret values. */
export interface JournalEntry {
  readonly version: 1;
  readonly runId: string;
  readonly attempt: number;
  readonly name: string;
  readonly state: JournalState;
  readonly owner: RunLogOwner;
  readonly nonce: string;
  readonly executorType: string;
  /** `--executor`, when the type came from there. */
  readonly executorOption?: string;
  /** Absolute path of the config file; absent when defaults hold. */
  readonly configFile?: string;
  readonly workingDirectory: string;
  readonly job: { readonly file: string; readonly exportName: string };
  readonly parameters: JsonObject;
  readonly tag?: string;
  /** ISO 8601, when the run was asked for. */
  readonly createdAt: string;
  /** Who submits: while it lives, a submission without a handle is on its way. */
  readonly submitter?: ProcessIdentity;
  /** True: the submitter does not follow the run, though it may live on. */
  readonly detached?: boolean;
  /** `sha256:<hex>` of the plan. */
  readonly planDigest: string;
  /** Where the job side lays catalog files that must come back. */
  readonly catalogOutbox?: string;
  /** Retries that the job allows after the platform's own failures. */
  readonly retries?: { readonly limit: number; readonly causes?: readonly string[] };
  readonly handle?: Json;
  /** The submitter's copy of the receipt or outcome. With HANDLE: the platform still has the only output that this side can read. */
  readonly outcome?: JsonObject;
  /** run.json's content where the job side creates it: the only record here if the store is out of reach. */
  readonly run?: JsonObject;
}

const json = z.record(z.string(), z.json());
const processIdentity = z.object({
  host: z.string(),
  pid: z.number(),
  startedAt: z.string(),
  bootId: z.string(),
});
const entry = z.object({
  version: z.literal(1),
  runId: z.string(),
  attempt: z.number(),
  name: z.string(),
  state: z.enum(["INTENT", "HANDLE", "OUTCOME", "DONE"]),
  owner: z.enum(["submitter", "job", "relay"]),
  nonce: z.string(),
  executorType: z.string(),
  executorOption: z.optional(z.string()),
  configFile: z.optional(z.string()),
  workingDirectory: z.string(),
  job: z.object({ file: z.string(), exportName: z.string() }),
  parameters: json,
  tag: z.optional(z.string()),
  createdAt: z.string(),
  submitter: z.optional(processIdentity),
  detached: z.optional(z.boolean()),
  planDigest: z.string(),
  catalogOutbox: z.optional(z.string()),
  retries: z.optional(z.object({ limit: z.number(), causes: z.optional(z.array(z.string())) })),
  handle: z.optional(z.json()),
  outcome: z.optional(json),
  run: z.optional(json),
});

/** @throws RunnableError RECORD_UNREADABLE when the file is no journal entry. */
export function parseEntry(value: JsonObject, file: string): JournalEntry {
  const result = entry.safeParse(value);
  if (result.success) return result.data as JournalEntry;
  throw new RunnableError("RECORD_UNREADABLE", `${file} is not a submission that runnable wrote`, {
    hint: "It may come from another version; read it with that one.",
    exitCode: 75,
  });
}

/** Who holds a lock; undefined for what is none. */
export function parseProcessIdentity(value: JsonObject): ProcessIdentity | undefined {
  const result = processIdentity.safeParse(value);
  return result.success ? result.data : undefined;
}
