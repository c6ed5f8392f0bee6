import type { ServiceKind } from "./service-kind.ts";
import type { Trail } from "./trail.ts";

/** A type that is asked for, and where. */
export interface Query {
  readonly kind: ServiceKind;
  readonly type: string;
  /** Absolute. */
  readonly projectDirectory: string;
  /** Is told each step. */
  readonly trail?: Trail | undefined;
}
