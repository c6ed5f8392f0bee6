import { errorCode } from "./error-code.ts";

const codes: ReadonlySet<string | undefined> = new Set([
  "EPERM",
  "ENOTSUP",
  "EOPNOTSUPP",
  "ENOSYS",
  "EMLINK",
]);

/** Whether `link` failed because the file system has no hard links (FAT, some network mounts). Source: link(2), EPERM and EOPNOTSUPP. */
export function hasNoLinks(error: unknown): boolean {
  return codes.has(errorCode(error));
}
