import { cleanProject, parseDuration, type Cleaned } from "@runnable/core/clean";

import type { Invocation } from "../arguments/invocation.ts";
import { formatCleaned } from "../format/format-cleaned.ts";
import { pageOptions, printJson } from "./with-project.ts";

/** Something could not be removed; another try may help. */
const failedStatus = 75;

/** `runnable clean`. */
export async function run(invocation: Invocation): Promise<number> {
  const configFile = invocation.text("config");
  const executor = invocation.text("executor");
  const olderThan = invocation.text("older-than");
  const found = cleanProject({
    dryRun: invocation.flag("dry-run"),
    log: (message) => process.stderr.write(`runnable: ${message}\n`),
    ...(configFile === undefined ? {} : { configFile }),
    ...(executor === undefined ? {} : { executor }),
    ...(olderThan === undefined ? {} : { olderThanMs: parseDuration(olderThan) }),
  });
  const cleaned: Cleaned[] = [];
  for await (const one of found) cleaned.push(one);
  if (invocation.json) printJson(cleaned);
  else process.stdout.write(formatCleaned(cleaned, { ...pageOptions(), directory: process.cwd() }));
  return cleaned.some(({ action }) => action === "failed") ? failedStatus : 0;
}
