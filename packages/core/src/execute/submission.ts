import type { JsonObject, PayloadMode } from "@runnable/plugin";

/** Who sets up and writes the run log. `relay`: the submitter, from frames and receipt. */
export type RunLogOwner = "submitter" | "job" | "relay";

/** A section of the relocated config. `module` is a path of the payload, for a store that is not embedded. */
export interface RelocatedSection {
  readonly type: string;
  readonly config: JsonObject;
  readonly module?: string;
}

/** Where the job side finds secret values. */
export type SecretChannel =
  | { readonly at: "path"; readonly path: string; readonly names: readonly string[] }
  | { readonly at: "stdin"; readonly names: readonly string[] }
  | { readonly at: "environment"; readonly names: readonly string[] };

/** What the submitter tells the job side beyond the stores. */
export interface Submission {
  /** Platform-safe name of this attempt. */
  readonly name: string;
  /** The first attempt of this submission. */
  readonly attempt: number;
  readonly owner: RunLogOwner;
  readonly nonce: string;
  readonly mode: PayloadMode;
  /** Job module: relative to the payload (`job.mjs`), or absolute in mode `mount`. In mode `image` it may need the bundler. */
  readonly job: {
    readonly module: string;
    readonly exportName: string;
    readonly loader?: "bundler";
  };
  /** Files of the payload with their digests (`sha256:<hex>`), without `config.json` itself; checked before anything runs. */
  readonly files: readonly {
    readonly path: string;
    readonly digest: string;
    readonly mode: number;
  }[];
  /** Paths below `files/` of the payload that are put into the job's working directory. */
  readonly workingFiles: readonly string[];
  /** Proofs beside the nonce in run.json. */
  readonly proof: {
    readonly runLogStoreId?: string;
    readonly catalogStoreId?: string;
    /** What the submitter sees: its host, and its stores in words. For people, when the proof fails. */
    readonly submitter?: {
      readonly host: string;
      readonly runLog?: string;
      readonly catalog?: string;
    };
    /** Read-only needs: a file and its digest. */
    readonly files?: readonly {
      readonly need: string;
      readonly path: string;
      readonly digest: string;
    }[];
  };
  readonly secrets: readonly SecretChannel[];
  /** Where catalog files are laid for the way back, when the catalog is relayed; absolute over there. */
  readonly catalogOutbox?: string;
  /** Folder that the relayed catalog's patterns are relative to; default the working directory. */
  readonly catalogFolder?: string;
  /** What was left of the job's deadline when this attempt was submitted; two machines' clocks are not compared. */
  readonly deadlineMs?: number;
  /** The job's timeout, so that it holds already while the job is loaded. */
  readonly timeoutMs?: number;
  /** Seconds between the request to stop and the kill. */
  readonly graceSeconds: number;
  /** The platform starts a failed attempt again, and the former is then proven dead. */
  readonly restarts?: boolean;
  /** Modules of the payload that run around the job, with the config keys that they may see. */
  readonly aroundJob?: readonly { readonly module: string; readonly config: JsonObject }[];
  /** run.json as the job side must create it when it is the owner. */
  readonly run?: JsonObject;
}

/** `config.json` of the payload: an ordinary config without `job-executor`, and the submission. */
export interface RelocatedConfig {
  readonly "run-log-store"?: RelocatedSection;
  readonly catalog?: RelocatedSection;
  readonly submission?: Submission;
}

/** Default seconds between the request to stop and the kill. */
export const defaultGraceSeconds = 10;
