import { RunnableError } from "@runnable/plugin";

import { errorCode } from "../files/error-code.ts";

const reasons: { readonly [code: string]: string } = {
  EACCES: "permission denied",
  EPERM: "not permitted",
  EROFS: "the file system is read-only",
  ENOSPC: "no space is left on the device",
  EDQUOT: "the disk quota is used up",
  ENOTDIR: "a part of the path is no directory",
  EEXIST: "a part of the path is no directory",
  EMFILE: "too many open files",
  EIO: "the device reports an input/output error",
  ESTALE: "the network file system lost the directory",
};

const noDirectory = "the directory can't be made; is the file system read-only?";

/** Which directory was written, and the config key that names it. */
export interface StoragePlace {
  readonly directory: string;
  /** For example `run-log-store.config.log_folder`. */
  readonly key: string;
}

/** A failed write in words: the directory, the reason, what to do. Other errors than the system's are given back as they are. */
export function storageError(error: unknown, { directory, key }: StoragePlace): unknown {
  const code = errorCode(error);
  const reason = reasons[code ?? ""] ?? (cannotBeMade(error) ? noDirectory : undefined);
  if (reason === undefined) return error;
  return new RunnableError("STORE_UNWRITABLE", `can't write to ${directory}: ${reason} (${code})`, {
    hint: `Make the directory writable with room left, or name another one in ${key}.`,
    exitCode: 78,
    cause: error,
  });
}

// Node.js tells EROFS of a recursive mkdir as ENOENT.
function cannotBeMade(error: unknown): boolean {
  return error instanceof Error && "syscall" in error && error.syscall === "mkdir";
}
