import { execFile } from "node:child_process";

import type { ListedPlugin } from "@runnable/core/plugins";

import type { Invocation } from "../arguments/invocation.ts";
import type { CheckedPlugin } from "../format/format-plugins-list.ts";

/** A plugin whose import takes longer is of no use. */
const longestMs = 30_000;

/**
 * Imports each plugin that is ready, one after another and each in a process of its own (`plugins inspect`), so that none
 * disturbs another or this command. One that can't be imported has the state `fails`.
 */
export async function checkImports(
  plugins: readonly ListedPlugin[],
  invocation: Invocation,
): Promise<readonly CheckedPlugin[]> {
  const config = invocation.text("config");
  const more = config === undefined ? [] : ["--config", config];
  const checked: CheckedPlugin[] = [];
  for (const plugin of plugins) {
    const { state, name, kind } = plugin;
    const usable = kind !== undefined && (state === "ready" || state === "deprecated");
    const reason = usable ? await failureOf([name, "--kind", kind, ...more]) : undefined;
    checked.push(reason === undefined ? plugin : { ...plugin, state: "fails", reason });
  }
  return checked;
}

async function failureOf(words: readonly string[]): Promise<string | undefined> {
  const [bin = ""] = process.argv.slice(1);
  const argv = [...process.execArgv, bin, "plugins", "inspect", ...words, "--json"];
  const options = { timeout: longestMs, maxBuffer: 64 * 1024 * 1024 };
  return await new Promise((resolve) => {
    execFile(process.execPath, argv, options, (error, stdout) => {
      resolve(error ? reasonOf(stdout, error.killed === true) : undefined);
    });
  });
}

function reasonOf(stdout: string, killed: boolean): string {
  if (killed) return `importing it took more than ${longestMs / 1000} s`;
  // A plugin may print as well: the error is the last line.
  const last = stdout.trimEnd().split("\n").at(-1) ?? "";
  try {
    const parsed: unknown = JSON.parse(last);
    return messageOf(parsed) ?? "importing it ended the process";
  } catch {
    return "importing it ended the process";
  }
}

function messageOf(line: unknown): string | undefined {
  if (typeof line !== "object" || line === null || !("error" in line)) return undefined;
  const { error } = line;
  if (typeof error !== "object" || error === null || !("message" in error)) return undefined;
  return typeof error.message === "string" ? error.message : undefined;
}
