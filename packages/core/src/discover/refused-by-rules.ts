import { refusedByAllowList } from "./allow-list.ts";
import { commonApi, refusedByApi, type ApiSearch } from "./api-version.ts";
import type { Candidate } from "./candidate.ts";
import type { Finding } from "./finding.ts";
import type { Trail } from "./trail.ts";

/** What may speak against a candidate that was found. */
export interface Rules extends ApiSearch {
  readonly allow: readonly string[] | undefined;
  readonly trail?: Trail | undefined;
}

/** What is wrong with a candidate by the contract that it speaks, or by `plugins.allow`. */
export function refusedByRules(candidate: Candidate, rules: Rules): Finding | undefined {
  const { trail, allow } = rules;
  const byApi = refusedByApi(candidate, rules);
  trail?.({
    step: "rule",
    rule: "api",
    text: byApi?.message ?? apiText(candidate, rules),
    decides: byApi !== undefined,
  });
  if (byApi) return byApi;
  const byList = refusedByAllowList(candidate, allow);
  trail?.({
    step: "rule",
    rule: "plugins.allow",
    text: byList?.message ?? (allow ? "allowed" : "not set: every package may be loaded"),
    decides: byList !== undefined,
  });
  return byList;
}

function apiText(candidate: Candidate, { supported }: ApiSearch): string {
  const { packageName, api } = candidate.provider;
  const both = `${packageName || "the project"} speaks ${api.join(", ")}, this core ${supported.join(", ")}`;
  return `${both}: ${commonApi(candidate, supported)} it is`;
}
