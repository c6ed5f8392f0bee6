import type { JsonObject } from "@runnable/plugin";

/** Sections that name a service by `type` and `config`. */
export type SectionName = "job-executor" | "run-log-store" | "catalog" | "secrets";

/** A section, merged and substituted. */
export interface Section {
  /** As in the manifest, `@acme/pkg:name`, or `./file.ts` relative to the project directory; {@link inCodeType} beside `instance`. */
  readonly type: string;
  readonly config: JsonObject;
  /** Key path of the section in the file, for messages: `["job-executor"]`, or `["job-executors", "hpc"]`; undefined when it comes from defaults or the command line. */
  readonly at: readonly string[] | undefined;
  /** What a factory made in `runnable.config.ts`, in place of a type. `config` is then empty. */
  readonly instance?: unknown;
}

/** The type of a section that holds an object made in code. */
export const inCodeType = "in-code";

/** Where a key stands. */
export interface SourcePosition {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
}

/** One thing wrong with the configuration. The message names keys, never values that may be secret. */
export interface ConfigProblem {
  /** For programs, for example `CONFIG_UNKNOWN_KEY`. */
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  /** Key path, for example `["job-executor", "config", "queu"]`. */
  readonly path?: readonly (string | number)[];
  readonly position?: SourcePosition;
}

/** The configuration of a command. */
export interface Config {
  /** Absolute path of the file; undefined when there is none and defaults hold. */
  readonly file: string | undefined;
  /**
   * Absolute. Of a file that was searched for, its directory. Of one that was named (`--config configs/prod.yaml`), and without a
   * file, the nearest directory with a package.json above the file, else above the working directory.
   */
  readonly projectDirectory: string;
  readonly sections: { readonly [name in SectionName]: Section };
  /** Of `job-executors`, in the order of the file. */
  readonly executors: readonly Section[];
  /** `plugins:` packages named by the file, `plugins.allow` and `plugins.resolve`. */
  readonly plugins: {
    readonly packages: readonly string[];
    readonly allow: readonly string[] | undefined;
    /** Full names by short ones that several packages provide. Default none. */
    readonly resolve?: Readonly<Record<string, string>>;
  };
  /** As written, merged, before `${…}` is filled in: what is recorded. */
  readonly written: JsonObject;
  readonly problems: readonly ConfigProblem[];
  /** Where a key path stands in the files; the nearest parent that is there. */
  readonly locate: (path: readonly (string | number)[]) => SourcePosition | undefined;
}
