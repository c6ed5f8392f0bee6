import { RunnableError, type ServiceKind } from "@runnable/core/plugins";

import type { Invocation } from "../arguments/invocation.ts";

/** What may follow `--kind`, and the section of the configuration that it means. */
const kinds: Readonly<Record<string, ServiceKind>> = {
  executor: "job-executor",
  "job-executor": "job-executor",
  "run-log-store": "run-log-store",
  catalog: "catalog",
  secrets: "secrets",
};

/** The kind of service that `--kind` names. @throws RunnableError USAGE */
export function kindOption(invocation: Invocation): ServiceKind | undefined {
  const text = invocation.text("kind");
  if (text === undefined) return undefined;
  const kind = Object.hasOwn(kinds, text) ? kinds[text] : undefined;
  if (kind) return kind;
  const known = "executor, run-log-store, catalog or secrets";
  throw new RunnableError("USAGE", `--kind takes ${known}, not ${JSON.stringify(text)}`, {
    exitCode: 2,
  });
}
