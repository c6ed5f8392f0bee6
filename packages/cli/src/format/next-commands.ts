import type { RunResult } from "@runnable/core";

import { quoteWord } from "../terminal/quote-word.ts";

/** What the next commands are made of. */
export interface NextCommandsContext {
  /** What to type for `runnable`, for example `pnpm runnable -C dir`. */
  readonly prefix: string;
  /** What was typed after `run`, but for the executor; absent after `attach`. */
  readonly job?: string | undefined;
  /** Options that every command about this run needs, ready for a shell: `-c prod.yaml`. */
  readonly options?: string | undefined;
  readonly executor: string;
  /** Shortest id that is unique; the whole one if unknown. */
  readonly runId: string;
}

/** Commands worth trying after a run, each with what it does; at most three. */
export function nextCommands(
  result: Pick<RunResult, "status" | "cause" | "catalog">,
  context: NextCommandsContext,
): readonly (readonly [command: string, does: string])[] {
  const { prefix, job, executor, runId, options = "" } = context;
  const id = [quoteWord(runId), options].join(" ").trim();
  const elsewhere: (readonly [string, string])[] =
    job === undefined || executor !== "local"
      ? []
      : [[`${prefix} run ${job} -e emulator`, "in another process"]];
  if (result.status === "succeeded") {
    const files = result.catalog.some(({ stored }) => stored);
    return [
      [`${prefix} runs show ${id}`, "all that is known of it"],
      ...(files ? [[`${prefix} catalog get ${id} --to out`, "copy its files"] as const] : []),
      ...elsewhere,
    ];
  }
  return [
    [`${prefix} logs ${id}`, "its whole output"],
    [`${prefix} retry ${id}`, "try again"],
  ];
}
