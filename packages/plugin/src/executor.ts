import type {
  CancelContext,
  CollectContext,
  DirectContext,
  LeftoversContext,
  Log,
  LogCursor,
  PlaceContext,
  PlanContext,
  PlatformContext,
  RemoteContext,
  SubmitContext,
} from "./executor-context.ts";
import type { Json, JsonObject } from "./json.ts";
import type { Need } from "./need.ts";
import type { Outcome, PlatformStatus } from "./outcome.ts";
import type { PayloadMode, Resources } from "./payload.ts";
import type { Placement, Refusal } from "./placement.ts";
import type { Schema, SchemaOutput } from "./schema.ts";

/** One thing that `doctor` looked at. */
export interface HealthFinding {
  /** What, in two or three words: `image`, `clock`, `free memory`. */
  readonly check: string;
  /** `warning`: runs will go, perhaps not well. `failed`: runs would fail. `skipped`: it could not be looked at, `detail` says why. */
  readonly status: "ok" | "warning" | "failed" | "skipped";
  /** What was seen. */
  readonly detail?: string;
  /** What to do about it, as a sentence. */
  readonly remedy?: string;
}

/** What the platform still has of an attempt. */
export interface Leftover<H> {
  readonly handle: H;
  /** From its labels. */
  readonly runId: string;
  readonly attempt: number;
  /** ISO 8601, by the platform's clock. */
  readonly createdAt?: string;
  /** For people: `container rn-…`. */
  readonly description: string;
}

/** A direct executor: the job runs in this process. */
export interface DirectDefinition<S extends Schema> {
  /** Schema of `job-executor.config`. */
  readonly config: S;
  /** Runs the job with `ctx.run()`; the core has set up the run log. @throws nothing for a job that fails: that is an outcome. */
  readonly executeJob: (ctx: DirectContext<SchemaOutput<S>>) => Promise<Outcome>;
  /** Executor that takes over where a job must outlive or be stopped from outside this process: a timeout, retries, `--detach`, or `always(config)`. */
  readonly supervised?: {
    readonly executor: Pick<ExecutorFactory<Schema, "remote">, "definition">;
    readonly config: (config: SchemaOutput<S>) => JsonObject;
    readonly always: (config: SchemaOutput<S>) => boolean;
  };
  /** True: record the run as succeeded, run nothing. */
  readonly mock?: (config: SchemaOutput<S>) => boolean;
  readonly place?: "✗ a direct executor places nothing: the job runs in this process. Use defineRemoteExecutor().";
  readonly submitJob?: "✗ a direct executor submits nothing: executeJob() calls ctx.run(). Use defineRemoteExecutor().";
}

/** A remote executor: a command runs elsewhere. `P` is the plan, `H` the handle, `C` the client. */
export interface RemoteDefinition<S extends Schema, P extends Json, H extends Json, C = undefined> {
  /** Schema of `job-executor.config`. */
  readonly config: S;
  /** Pure: where a need is, seen from the job, or why it can't be met. Called for `plan` and before each submission. */
  readonly place: (need: Need, ctx: PlaceContext<SchemaOutput<S>>) => Placement | Refusal;
  /** How code travels; default `bundle`. */
  readonly payloadMode?: (config: SchemaOutput<S>) => PayloadMode;
  /** Program and arguments before `run.mjs`; default `["node"]`. */
  readonly interpreter?: (config: SchemaOutput<S>) => readonly string[];
  /** Resources that the config asks for, in neutral words. */
  readonly resources?: (config: SchemaOutput<S>) => Resources;
  /** True: record the run as succeeded, submit nothing. */
  readonly mock?: (config: SchemaOutput<S>) => boolean;
  /** True where the platform itself starts a failed attempt again; the former is then proven dead. */
  readonly restarts?: (config: SchemaOutput<S>) => boolean;
  /** One client for all runs of a process. Disposed (`Symbol.asyncDispose`) when the last run is done. */
  readonly connect?: (
    config: SchemaOutput<S>,
    ctx: { readonly signal: AbortSignal; readonly log: Log },
  ) => Promise<C>;
  /** Pure: the exact platform object. Files by digest, never bytes; no secret values. */
  readonly plan: (ctx: PlanContext<SchemaOutput<S>>) => P;
  /** Hands the plan to the platform. Called twice with one `idempotencyKey` it gives the same job. */
  readonly submitJob: (
    plan: NoInfer<P>,
    ctx: SubmitContext<SchemaOutput<S>, NoInfer<C>>,
  ) => Promise<H>;
  /** The handle of a submitted job by its key, also of one that was created and never started; `undefined` if there is none. */
  readonly find: (
    key: string,
    ctx: RemoteContext<SchemaOutput<S>, NoInfer<C>>,
  ) => Promise<NoInfer<H> | undefined>;
  /** States of the job until `ended` or `gone`; may be called again at any time. */
  readonly observe: (
    handle: NoInfer<H>,
    ctx: RemoteContext<SchemaOutput<S>, NoInfer<C>>,
  ) => AsyncIterable<PlatformStatus>;
  /** Bytes of the job side's output, from `since` or the start, until the job ended. */
  readonly logs: (
    handle: NoInfer<H>,
    ctx: RemoteContext<SchemaOutput<S>, NoInfer<C>>,
    since?: LogCursor,
  ) => AsyncIterable<Uint8Array>;
  /** Asks the job to stop, kills it after the grace. Idempotent; no error when it has ended. */
  readonly cancel: (
    handle: NoInfer<H>,
    ctx: CancelContext<SchemaOutput<S>, NoInfer<C>>,
  ) => Promise<void>;
  /** The receipt, when the log did not bring it; at most 4 KiB may be kept. */
  readonly collect?: (
    handle: NoInfer<H>,
    ctx: RemoteContext<SchemaOutput<S>, NoInfer<C>>,
  ) => Promise<string | undefined>;
  /** Brings catalog files back where the catalog is placed at `relay`. Without it such a `put` is refused beforehand. */
  readonly collectFiles?: (
    handle: NoInfer<H>,
    ctx: CollectContext<SchemaOutput<S>, NoInfer<C>>,
  ) => Promise<void>;
  /** Removes everything of this attempt from the platform. Idempotent; called after the outcome is durable. */
  readonly remove: (
    handle: NoInfer<H>,
    ctx: RemoteContext<SchemaOutput<S>, NoInfer<C>>,
  ) => Promise<void>;
  /** Name of the environment variable that gives an element its index, with `submitArray`. */
  readonly indexVariable?: string;
  /** Submits N runs as one; element i has the run id `<group>-<i>`. */
  readonly submitArray?: (
    plan: NoInfer<P>,
    ctx: SubmitContext<SchemaOutput<S>, NoInfer<C>> & {
      readonly array: { readonly size: number; readonly parallelism?: number };
    },
  ) => Promise<H>;
  /** Leaves a schedule on the platform; each tick is a run of its own. */
  readonly schedule?: (
    plan: NoInfer<P>,
    ctx: SubmitContext<SchemaOutput<S>, NoInfer<C>>,
  ) => Promise<H>;
  /** What the platform would make of the plan. */
  readonly dryRun?: (
    plan: NoInfer<P>,
    ctx: RemoteContext<SchemaOutput<S>, NoInfer<C>>,
  ) => Promise<JsonObject>;
  /** What would go wrong, for `doctor`: each finding as soon as it is known, all within seconds. Changes nothing. */
  readonly checkHealth?: (
    ctx: PlatformContext<SchemaOutput<S>, NoInfer<C>>,
  ) => AsyncIterable<HealthFinding>;
  /** Everything on the platform that carries all of `ctx.labels`, for `clean`, which decides what of it to `remove`. */
  readonly leftovers?: (
    ctx: LeftoversContext<SchemaOutput<S>, NoInfer<C>>,
  ) => AsyncIterable<Leftover<NoInfer<H>>>;
  /** Called when the outcome is durable. A throw is reported and changes nothing. */
  readonly onOutcome?: (outcome: Outcome, ctx: RunContextOf<S>) => Promise<void>;
  readonly executeJob?: "✗ a remote executor never runs the job itself: submitJob() hands its command to the platform. Use defineDirectExecutor().";
}

type RunContextOf<S extends Schema> = Omit<
  RemoteContext<SchemaOutput<S>, unknown>,
  "client" | "runLog" | "catalog" | "run"
>;

/** `direct`: in this process. `remote`: by a command elsewhere. */
export type ExecutorKind = "direct" | "remote";

/** Marks factories and executors, also between copies of this package. The value is the contract's version. */
export const executorBrand: unique symbol = Symbol.for("runnable.executor") as never;

/** The definition behind a factory, as the core sees it. */
export type AnyDirectDefinition = DirectDefinition<Schema>;
/** The definition behind a factory, as the core sees it. */
export type AnyRemoteDefinition = RemoteDefinition<Schema, Json, Json, unknown>;

/** A configured executor, for `executeJob(job, { executor })`. */
export interface Executor<K extends ExecutorKind = ExecutorKind> {
  readonly [executorBrand]: 1;
  readonly kind: K;
  readonly definition: K extends "direct" ? AnyDirectDefinition : AnyRemoteDefinition;
  /** As given, not yet validated. */
  readonly config: unknown;
}

/** What a plugin's entry exports as default: called in code with a config, found by the core through the manifest. */
export interface ExecutorFactory<S extends Schema = Schema, K extends ExecutorKind = ExecutorKind> {
  (config?: S extends Schema<infer I, unknown> ? I : never): Executor<K>;
  readonly [executorBrand]: 1;
  readonly kind: K;
  readonly definition: K extends "direct" ? AnyDirectDefinition : AnyRemoteDefinition;
}
