import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { processIdentity } from "../files/process-identity.ts";
import { readJson } from "../files/read-json.ts";
import type { ProcessIdentity } from "../record/run-record.ts";
import { parseProcessIdentity } from "./journal-entry.ts";

const ownerFile = ".owner.json";

/** Makes a stage, with a note of whose it is: as long as this process lives, nobody clears it away. */
export async function beginStage(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, ownerFile), JSON.stringify(processIdentity()));
}

/** Who made a stage; undefined where that is not noted. */
export async function stageOwner(directory: string): Promise<ProcessIdentity | undefined> {
  const value = await readJson(join(directory, ownerFile)).catch(() => undefined);
  return value && parseProcessIdentity(value);
}
