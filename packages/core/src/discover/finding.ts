import type { ServiceKind } from "./service-kind.ts";

/** Something wrong that discovery saw: with a package, or with a type that was asked for. It names packages and files, never config values. */
export interface Finding {
  /** For programs, for example `PLUGIN_MANIFEST_INVALID`. */
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
}

/** A finding about a package that was not asked for. */
export interface PackageFinding extends Finding {
  readonly about: FindingSubject;
}

/** The package, and as far as it is known the type, that a finding is about. */
export interface FindingSubject {
  readonly packageName: string;
  /** Empty where it is not known. */
  readonly version: string;
  readonly kind?: ServiceKind;
  readonly type?: string;
}
