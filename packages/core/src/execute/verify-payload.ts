import { join } from "node:path";

import { RunnableError } from "@runnable/plugin";

import { sha256File } from "../files/sha256-file.ts";
import type { Submission } from "./submission.ts";

/**
 * Checks every file of the payload against its digest before anything of it runs.
 *
 * @throws RunnableError PAYLOAD_DAMAGED naming the first file that is missing or differs.
 */
export async function verifyPayload(root: string, files: Submission["files"]): Promise<void> {
  await Promise.all(files.map(({ path, digest }) => verify(root, path, digest)));
}

async function verify(root: string, path: string, digest: string): Promise<void> {
  const found = await sha256File(join(root, path)).catch(() => undefined);
  if (found === digest) return;
  const what =
    found === undefined ? "is missing or unreadable" : `has digest ${found}, not ${digest}`;
  throw new RunnableError("PAYLOAD_DAMAGED", `${path} of the payload ${what}`, {
    hint: "Submit again; if it happens again, the platform changes files on their way.",
    exitCode: 78,
  });
}
