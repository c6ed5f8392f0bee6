import { quoteWord } from "../terminal/quote-word.ts";
import { formatCommands } from "./format-commands.ts";
import type { FormatOptions } from "./format-options.ts";
import type { NextCommandsContext } from "./next-commands.ts";

/** What is known of a run that was submitted. */
export interface SubmittedContext extends FormatOptions, Omit<NextCommandsContext, "job"> {
  readonly jobName: string;
}

/** That a run was submitted, and how to follow it. */
export function formatSubmitted(context: SubmittedContext): string {
  const { style, jobName, executor, prefix, runId, options = "" } = context;
  const id = [quoteWord(runId), options].join(" ").trim();
  const next = [
    [`${prefix} attach ${id}`, "follow it to its end"],
    [`${prefix} logs ${id} -f`, "its output"],
    [`${prefix} cancel ${id}`, "stop it"],
  ] as const;
  const title = `${style.cyan("●")} ${style.bold(`${jobName} was submitted to ${executor}`)}`;
  return `${[title, "", ...formatCommands(next, context)].join("\n")}\n`;
}
