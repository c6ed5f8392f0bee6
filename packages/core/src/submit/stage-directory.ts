import { join } from "node:path";

import type { JournalEntry } from "./journal-entry.ts";

/**
 * Where the payload of an attempt is made: `<project>/.runnable/stage/<run_id>-a<attempt>-<8 hex>`. Two processes that ask for one
 * run id at once don't write into each other's: which of them has the id shows only later.
 */
export function stageDirectoryOf(
  projectDirectory: string,
  { runId, attempt, nonce }: Pick<JournalEntry, "runId" | "attempt" | "nonce">,
): string {
  return join(projectDirectory, ".runnable", "stage", `${runId}-a${attempt}-${nonce.slice(0, 8)}`);
}
