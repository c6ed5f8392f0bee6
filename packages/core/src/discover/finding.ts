/** Something wrong that discovery saw: with a package, or with a type that was asked for. It names packages and files, never config values. */
export interface Finding {
  /** For programs, for example `PLUGIN_MANIFEST_INVALID`. */
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
}
