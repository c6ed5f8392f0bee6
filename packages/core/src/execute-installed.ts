import { resolve } from "node:path";

import { superviseJob } from "./execute-job.ts";
import type { ExecuteArguments } from "./execute/execute-arguments.ts";
import { readInputs, type Inputs } from "./execute/read-inputs.ts";
import type { Submission } from "./execute/submission.ts";
import { writeLines } from "./execute/write-lines.ts";
import { installedStores } from "./installed/installed-stores.ts";
import { withJobCopy } from "./installed/job-copy.ts";
import { parseInput } from "./installed/parse-input.ts";
import type { RunResult } from "./jobs/job.ts";
import type { RunObserver } from "./run-observer.ts";
import { runModule } from "./submit/run-module.ts";

export type { ExecuteArguments } from "./execute/execute-arguments.ts";

/** How `execute-job` ended: for the platform that called it, or for the person. */
export type InstalledEnd =
  | { readonly by: "platform"; readonly status: number }
  | { readonly by: "hand"; readonly result: RunResult };

/**
 * `runnable execute-job JOB RUN_ID --config FILE --parameters FILE` of an installed runnable: the job side where everything is in
 * the image, its output framed. With a config that holds no submission it is a person's command, see `executeByHand`.
 *
 * @throws RunnableError INPUT_UNREADABLE, and by hand what `runJob` throws before it runs anything.
 */
export async function executeInstalled(
  args: ExecuteArguments,
  observer: RunObserver,
): Promise<InstalledEnd> {
  const inputs = await submittedInputs(args);
  const submission = inputs?.config.submission;
  if (inputs === undefined || submission === undefined) {
    const { executeByHand } = await import("./execute-by-hand.ts");
    return { by: "hand", result: await executeByHand(args, observer) };
  }
  const { module, loader } = submission.job;
  const status =
    loader === "bundler"
      ? await withJobCopy(resolve(inputs.root, module), (copy) =>
          supervise(args, inputs, withModule(submission, copy)),
        )
      : await supervise(args, inputs, submission);
  return { by: "platform", status };
}

async function supervise(
  args: ExecuteArguments,
  inputs: Inputs,
  submission: Submission,
): Promise<number> {
  return superviseJob(
    { args, inputs, submission },
    {
      stores: installedStores(inputs.root),
      childEntry: await runModule(),
      env: process.env,
      write: writeLines,
    },
  );
}

/** The two files; undefined where the config holds no submission: a person is told more of what is wrong with theirs. */
async function submittedInputs(args: ExecuteArguments): Promise<Inputs | undefined> {
  if (!/\.(?:ya?ml|json)$/.test(args.config ?? "")) return undefined;
  const configOnly = { ...args, parameters: undefined };
  const read = await readInputs(configOnly, parseInput).catch(() => undefined);
  return read?.config.submission && readInputs(args, parseInput);
}

function withModule(submission: Submission, module: string): Submission {
  const { exportName } = submission.job;
  return { ...submission, job: { module, exportName } };
}
