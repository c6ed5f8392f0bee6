import { parseArgs } from "node:util";

import { RunnableError } from "@runnable/plugin";

/** `execute-job JOB RUN_ID --config FILE --parameters FILE`. */
export interface ExecuteArguments {
  /** For people and, without a submission, the job's module: `my_job.ts` or `my_job.ts#name`. */
  readonly job: string;
  readonly runId: string;
  readonly config: string | undefined;
  readonly parameters: string | undefined;
}

/** @throws RunnableError USAGE when words are missing or unknown. */
export function executeArguments(words: readonly string[]): ExecuteArguments {
  const parsed = parse(words);
  const [job, runId, ...rest] = parsed.positionals;
  if (job === undefined || runId === undefined || rest.length > 0) throw usage();
  return { job, runId, config: parsed.values.config, parameters: parsed.values.parameters };
}

function parse(words: readonly string[]): {
  readonly positionals: readonly string[];
  readonly values: {
    readonly config?: string | undefined;
    readonly parameters?: string | undefined;
  };
} {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        config: { type: "string", short: "c" },
        parameters: { type: "string", short: "p" },
      },
    });
  } catch (cause) {
    throw usage(cause);
  }
}

function usage(cause?: unknown): RunnableError {
  return new RunnableError(
    "USAGE",
    "execute-job needs JOB RUN_ID [--config FILE] [--parameters FILE]",
    {
      cause,
      exitCode: 78,
    },
  );
}
