import type { Json } from "./json.ts";
import type { Need } from "./need.ts";

/**
 * Whether the job sees the very bytes that the submitter sees. `"verify"` counts as shared (the submitter sets up), and the
 * job side must prove it; `true` is proved too, it only is not in doubt.
 */
export type Shared = boolean | "verify";

/** At this path over there. For `values`: a file (JSON object of name to value, mode 0600, removed once read) or a directory with a file for each name. */
export interface PathPlacement {
  readonly at: "path";
  readonly path: string;
  readonly shared: Shared;
  /** The executor's own piece of the plan, for example a mount or a volume. */
  readonly spec?: Json;
}

/** At this URL over there. */
export interface EndpointPlacement {
  readonly at: "endpoint";
  readonly url: string;
  readonly shared: Shared;
  readonly spec?: Json;
}

/** Not there at all: framed output and receipt come back, and the submitter records. Catalog files come back by `collectFiles`. */
export interface RelayPlacement {
  readonly at: "relay";
  /** For a catalog: directory over there in which its files wait for `collectFiles`; default `outbox` within the payload's. */
  readonly path?: string;
}

/** For `values` only: one line of JSON on the standard input of the job side. */
export interface StdinPlacement {
  readonly at: "stdin";
}

/** For `values` only: the platform sets environment variables of these names from its own secret store. */
export interface EnvironmentPlacement {
  readonly at: "environment";
  readonly spec?: Json;
}

/** An executor's answer to a need: where it is, seen from the job. */
export type Placement =
  | PathPlacement
  | EndpointPlacement
  | RelayPlacement
  | StdinPlacement
  | EnvironmentPlacement;

/** An executor can't meet a need: why, and the one thing to change (name the config key). */
export interface Refusal {
  readonly refuse: string;
  readonly remedy: string;
}

/** A need and the placement it got. */
export interface Placed {
  readonly need: Need;
  readonly placement: Placement;
}
