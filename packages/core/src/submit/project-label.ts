import { createHash } from "node:crypto";
import { hostname, userInfo } from "node:os";

const hexDigits = 16;

/**
 * The label that all platform objects of a project have: 16 hex digits of host, user and project directory. So another project,
 * user or machine on the same platform has another, and what is theirs is never taken for ours.
 */
export function projectLabel(projectDirectory: string): { readonly "runnable/project": string } {
  const user = process.getuid?.() ?? userInfo().username;
  const hash = createHash("sha256").update([hostname(), user, projectDirectory].join("\0"));
  return { "runnable/project": hash.digest("hex").slice(0, hexDigits) };
}
