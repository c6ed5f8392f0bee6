import { runJob, type RunObserver, type RunRequest } from "@runnable/core/run";

import type { Invocation } from "../arguments/invocation.ts";

/** `runnable run JOB`. */
export async function run(invocation: Invocation): Promise<number> {
  const observer: RunObserver = {
    onNotice: (message) => process.stderr.write(`runnable: ${message}\n`),
  };
  const result = await runJob(requestOf(invocation), observer);
  if (invocation.json) process.stdout.write(`${JSON.stringify(result)}\n`);
  else process.stderr.write(`${result.runId} ${result.status} ${result.error?.message ?? ""}\n`);
  if (result.status === "succeeded") return 0;
  return result.exitCode ?? 75;
}

/** The request that the options of `run`, and of `plan`, make. */
export function requestOf(invocation: Invocation): RunRequest {
  const [word = ""] = invocation.positionals;
  const [file = word, exportName = "default"] = word.split("#", 2);
  const { text } = invocation;
  const config = text("config");
  const parameters = text("parameters");
  const executor = text("executor");
  const runId = text("run-id");
  const tag = text("tag");
  return {
    reference: { file, exportName },
    parameterArguments: invocation.texts("parameter"),
    throwOnFailure: false,
    ...(config === undefined ? {} : { configFile: config }),
    ...(parameters === undefined ? {} : { parametersArgument: parameters }),
    ...(executor === undefined ? {} : { executor }),
    ...(runId === undefined ? {} : { runId }),
    ...(tag === undefined ? {} : { tag }),
    ...(invocation.flag("detach") ? { detach: true } : {}),
  };
}
