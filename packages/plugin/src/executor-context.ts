import type { JsonObject } from "./json.ts";
import type { Cause, Outcome } from "./outcome.ts";
import type { Command, CommandOptions, Payload, Resources } from "./payload.ts";
import type { Placed } from "./placement.ts";

/** Types of what a remote executor may not use: the compiler prints their words. */
interface Forbidden {
  readonly store: "✗ a remote executor must not touch storage: the core sets up the run log. Describe how the platform reaches storage in place().";
  // No named type: the compiler would print the name in place of the words.
  readonly run: {
    readonly "a remote executor never runs the job itself: hand ctx.command({ root }) to the platform.": never;
  };
}

/** Writes a line for the person who runs the command; secrets are redacted. */
export type Log = (message: string, fields?: JsonObject) => void;

/** What every call of an executor gets. */
export interface RunContext<Config> {
  readonly config: Config;
  readonly runId: string;
  /** From 1. */
  readonly attempt: number;
  /** Platform-safe and unique: `rn-<slug>-<hash>-a<attempt>`, [a-z0-9-], at most 52 characters. */
  readonly name: string;
  /** Aborted when the user gives up on this call, not when the job is to be cancelled. */
  readonly signal: AbortSignal;
  readonly log: Log;
}

/** For a direct executor: the core has set up the run log, `run()` does the job in this process and records it. */
export interface DirectContext<Config> extends RunContext<Config> {
  readonly run: () => Promise<Outcome>;
}

/** For the calls of a remote executor. `client` is what `connect` gave, one for all runs of a process. */
export interface RemoteContext<Config, Client> extends RunContext<Config> {
  readonly client: Client;
  /** Equal for one attempt of one run, however often it is submitted. It is `name`. */
  readonly idempotencyKey: string;
  /** Absolute directory of the project on the submitter; relative paths in the executor's config mean this. */
  readonly projectDirectory: string;
  readonly runLog: Forbidden["store"];
  readonly catalog: Forbidden["store"];
  readonly run: Forbidden["run"];
}

/** For calls that concern no run: `checkHealth`, `leftovers`. */
export interface PlatformContext<Config, Client> {
  readonly config: Config;
  readonly client: Client;
  /** Absolute directory of the project on the submitter; relative paths in the executor's config mean this. */
  readonly projectDirectory: string;
  /** Aborted when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
  readonly log: Log;
}

/** For `leftovers`. */
export interface LeftoversContext<Config, Client> extends PlatformContext<Config, Client> {
  /** Of the labels that `plan` was given, those that all objects of this project have, submitted by this user from this machine, and no others. */
  readonly labels: { readonly [name: string]: string };
}

/** For `place`: pure, so no client and no clock. */
export interface PlaceContext<Config> {
  readonly config: Config;
  readonly runId: string;
  readonly attempt: number;
  readonly name: string;
  /** Absolute directory of the project on the submitter; relative paths in the executor's config mean this. */
  readonly projectDirectory: string;
}

/** A job as far as a platform's object may need to know it. */
export interface PlannedJob {
  readonly name: string;
  readonly kind: "function" | "shell" | "script";
  /** Further attempts after the first, and after which causes; the core decides, unless the executor's `restarts` says that the platform does. */
  readonly retries: { readonly limit: number; readonly causes?: readonly Cause[] };
  /** Longest time of one attempt. */
  readonly timeoutSeconds?: number;
  /** Longest time of all attempts. */
  readonly deadlineSeconds?: number;
}

/** For `plan`: everything that the platform object is made of. */
export interface PlanContext<Config> extends PlaceContext<Config> {
  readonly payload: Payload;
  readonly placements: readonly Placed[];
  readonly command: (options: CommandOptions) => Command;
  readonly resources: Resources;
  /** What the job says of itself. */
  readonly job: PlannedJob;
  /** Seconds that the job side leaves a job between the request to stop and the kill; a platform's own grace must be longer. */
  readonly graceSeconds: number;
  /** For the platform's object, so that `leftovers` finds it again: `runnable/run-id`, `runnable/attempt`, `runnable/job`, and `runnable/project`, which is one for project, user and machine. */
  readonly labels: { readonly [name: string]: string };
  readonly runLog: Forbidden["store"];
  readonly catalog: Forbidden["store"];
  readonly run: Forbidden["run"];
}

/** For `submitJob`, the only call that sees secret values. */
export interface SubmitContext<Config, Client> extends RemoteContext<Config, Client> {
  readonly payload: Payload;
  readonly placements: readonly Placed[];
  /** Values by name, for the `values` needs; never to be written to argv, plan or log. */
  readonly secrets: { readonly [name: string]: string };
}

/** For `cancel`. */
export interface CancelContext<Config, Client> extends RemoteContext<Config, Client> {
  /** Seconds between the request to stop and the kill. */
  readonly graceSeconds: number;
}

/** For `collectFiles`: copy the directory `from` over there into the empty directory `to` on the submitter. */
export interface CollectContext<Config, Client> extends RemoteContext<Config, Client> {
  readonly from: string;
  readonly to: string;
}

/** Where a log reader may resume; frames that come twice are dropped by the core. */
export interface LogCursor {
  /** Bytes that the core has taken, in order, of this handle's log. */
  readonly bytes: number;
  /** When the last of them came, by the submitter's clock; ISO 8601. */
  readonly at: string | undefined;
}
