import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";

import { RunnableError } from "@runnable/core/config";

/** Writes what a command made into the file that its option names. @throws RunnableError OUTPUT_UNWRITABLE. */
export async function writeText(output: string, text: string): Promise<void> {
  try {
    await writeFile(resolve(output), text);
  } catch (cause) {
    const reason = cause instanceof Error && "code" in cause ? `: ${String(cause.code)}` : "";
    throw new RunnableError("OUTPUT_UNWRITABLE", `${output} can't be written${reason}`, {
      hint: "Name a file in a directory that is there and that you may write to.",
      cause,
      exitCode: 78,
    });
  }
}
