import { existsSync } from "node:fs";

import type { RunRequest } from "@runnable/core/run";

import type { Invocation } from "../arguments/invocation.ts";

/** The request that the words of `run` and `plan` make. */
export function requestOf(invocation: Invocation): RunRequest {
  const [word = ""] = invocation.positionals;
  const given = {
    configFile: invocation.text("config"),
    parametersArgument: invocation.text("parameters"),
    executor: invocation.text("executor"),
    runId: invocation.text("run-id"),
    tag: invocation.text("tag"),
    detach: invocation.flag("detach") || undefined,
  };
  const options = Object.entries(given).filter(([, value]) => value !== undefined);
  return {
    reference: referenceOf(word),
    parameterArguments: invocation.texts("parameter"),
    throwOnFailure: false,
    ...Object.fromEntries(options),
  };
}

/** `FILE#name`: the last `#` counts, since a directory's name may have one; a file that is called so is meant itself. */
export function referenceOf(word: string): { readonly file: string; readonly exportName: string } {
  const at = word.lastIndexOf("#");
  return at <= 0 || existsSync(word)
    ? { file: word, exportName: "default" }
    : { file: word.slice(0, at), exportName: word.slice(at + 1) };
}
