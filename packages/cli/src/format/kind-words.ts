import type { ServiceKind } from "@runnable/core/plugins";

/** What people call the kinds. */
export const kindWords: Readonly<Record<ServiceKind, string>> = {
  "job-executor": "executor",
  "run-log-store": "run log store",
  catalog: "catalog",
  secrets: "secrets",
};
