import { posix } from "node:path";

import {
  quoteForShell,
  type Command,
  type CommandOptions,
  type PayloadMode,
} from "@runnable/plugin";

/** What the command line of `execute-job` names. */
export interface CommandParts {
  readonly mode: PayloadMode;
  /** `train.job.ts` or `train.job.ts#name`. */
  readonly job: string;
  readonly runId: string;
  readonly interpreter: readonly string[];
}

/** Names of the two files, by mode: in an image they are what a person would write. */
export const inputFiles: {
  readonly [mode in PayloadMode]: { readonly config: string; readonly parameters: string };
} = {
  bundle: { config: "config.json", parameters: "parameters.json" },
  mount: { config: "config.json", parameters: "parameters.json" },
  image: { config: "config.yaml", parameters: "params.yaml" },
};

/** The command that runs the job over there: argv, environment without secrets, and the same as one shell line. */
export function commandOf(parts: CommandParts, options: CommandOptions): Command {
  const argv = parts.mode === "image" ? imageArgv(parts) : payloadArgv(parts, options);
  const env: Record<string, string> = { RUNNABLE_RUN_ID: parts.runId };
  if (options.workDirectory !== undefined) env["RUNNABLE_WORK_DIRECTORY"] = options.workDirectory;
  if (options.receiptPath !== undefined) env["RUNNABLE_RECEIPT"] = options.receiptPath;
  if (options.receiptBytes !== undefined) {
    env["RUNNABLE_RECEIPT_BYTES"] = String(options.receiptBytes);
  }
  return { argv, env, shell: quoteForShell(argv) };
}

function payloadArgv(
  { job, runId, interpreter, mode }: CommandParts,
  { root, interpreter: given }: CommandOptions,
): Command["argv"] {
  const [program = "node", ...flags] = given ?? interpreter;
  const files = inputFiles[mode];
  return [
    program,
    ...flags,
    posix.join(root, "run.mjs"),
    "execute-job",
    job,
    runId,
    "--config",
    posix.join(root, files.config),
    "--parameters",
    posix.join(root, files.parameters),
  ];
}

function imageArgv({ job, runId }: CommandParts): Command["argv"] {
  const files = inputFiles.image;
  return [
    "runnable",
    "execute-job",
    job,
    runId,
    "--config",
    files.config,
    "--parameters",
    files.parameters,
  ];
}
