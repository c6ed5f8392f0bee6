import { expect, it } from "vitest";

import { commands } from "../../src/arguments/commands.ts";
import type { Invocation } from "../../src/arguments/invocation.ts";
import { parseArguments } from "../../src/arguments/parse-arguments.ts";
import { requestOf } from "../../src/commands/request-of.ts";
import { typedRun } from "../../src/commands/typed-words.ts";

function invoke(...argv: readonly string[]): Invocation {
  const parsed = parseArguments(["run", ...argv], commands);
  if (parsed.kind !== "invocation") throw new Error(parsed.kind);
  return parsed.invocation;
}

it("gives back what a shell must be told to run the same again", () => {
  const invocation = invoke("a b.job.ts", "-p", "x=$(y)", "--parameters", "p.yaml", "-c", "c.yaml");

  expect(typedRun(invocation)).toBe("'a b.job.ts' --parameters p.yaml -p 'x=$(y)' -c c.yaml");
});

it.each([
  ["train.job.ts", { file: "train.job.ts", exportName: "default" }],
  ["train.job.ts#best", { file: "train.job.ts", exportName: "best" }],
  ["a#b/train.job.ts#best", { file: "a#b/train.job.ts", exportName: "best" }],
  ["#best", { file: "#best", exportName: "default" }],
])("reads the job %s", (word, reference) => {
  expect(requestOf(invoke(word)).reference).toEqual(reference);
});

it("asks for nothing that was not given", () => {
  expect(requestOf(invoke("train.job.ts"))).toEqual({
    reference: { file: "train.job.ts", exportName: "default" },
    parameterArguments: [],
    throwOnFailure: false,
  });
});
