import type { Candidate } from "./candidate.ts";
import type { Finding } from "./finding.ts";

/**
 * What is wrong with a candidate by `plugins.allow`: a list of package names where `*` stands for any letters. The project's
 * own modules and core's are always allowed.
 */
export function refusedByAllowList(
  candidate: Candidate,
  allow: readonly string[] | undefined,
): Finding | undefined {
  if (!allow || candidate.scope === "project" || candidate.scope === "built-in") return undefined;
  const packages = [candidate.packageName, candidate.provider.packageName];
  const refused = packages.find((name) => !allow.some((pattern) => matches(pattern, name)));
  if (!refused) return undefined;
  return {
    code: "PLUGIN_NOT_ALLOWED",
    message: `${refused}, which provides "${candidate.type}", is not in plugins.allow`,
    hint: "Add the package there once it has been reviewed.",
  };
}

function matches(pattern: string, name: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[^\w]/gu, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(name);
}
