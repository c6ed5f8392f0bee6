/** What a need serves. `code` is the payload or, in mode `mount`, the project directory. */
export type Role = "run-log" | "catalog" | "secrets" | "code";

/** A directory or file on the submitter's disk. */
export interface PathNeed {
  readonly kind: "path";
  /** Absolute path on the submitter. */
  readonly path: string;
  readonly what: "directory" | "file";
}

/** A service reached over the network. */
export interface EndpointNeed {
  readonly kind: "endpoint";
  /** URL as the submitter reaches it; never with credentials. */
  readonly url: string;
}

/** Named secret values that the job side must get. */
export interface ValuesNeed {
  readonly kind: "values";
  readonly names: readonly string[];
}

/** The payload: files that must appear together in one directory. */
export interface FilesNeed {
  readonly kind: "files";
  /** Size of all files together; `undefined` before the payload is made. */
  readonly bytes: number | undefined;
}

/** The memory of the submitter's process: no other process sees it. */
export interface MemoryNeed {
  readonly kind: "memory";
}

/** Kinds of need by name. Open: a plugin adds its own by declaration merging; an executor refuses the kinds that it doesn't know. */
export interface NeedKinds {
  path: PathNeed;
  endpoint: EndpointNeed;
  values: ValuesNeed;
  files: FilesNeed;
  memory: MemoryNeed;
}

/** What a store (or the payload) requires of its surroundings. `id` is unique in a run and stable, for example `run-log` or `catalog`; `why` is said in refusals. */
export type Need = {
  readonly id: string;
  readonly role: Role;
  readonly access: "read" | "write";
  readonly why?: string;
} & NeedKinds[keyof NeedKinds];

/** A need as a store states it; the core adds the role. */
export type StoreNeed = DistributiveOmit<Need, "role">;

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
