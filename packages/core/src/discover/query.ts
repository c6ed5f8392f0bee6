import type { ServiceKind } from "./service-kind.ts";

/** A type that is asked for, and where. */
export interface Query {
  readonly kind: ServiceKind;
  readonly type: string;
  /** Absolute. */
  readonly projectDirectory: string;
}
