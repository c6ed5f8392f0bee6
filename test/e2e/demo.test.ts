import { readFile } from "node:fs/promises";
import path from "node:path";

import { beforeAll, expect, it } from "vitest";

import { copyProject, type CopiedProject } from "../support/copied-project.ts";
import { mustRun } from "../support/run-program.ts";

const root = path.resolve(import.meta.dirname, "../..");
const example = "examples/train-penguins";

interface Demo {
  readonly line: { readonly [key: string]: unknown } & {
    readonly runId: string;
    readonly metrics: { readonly [name: string]: number };
  };
  readonly run: { readonly [key: string]: unknown };
  readonly outcome: { readonly [key: string]: unknown };
}

let project: CopiedProject;

beforeAll(async () => {
  project = await copyProject(example);
  return () => project[Symbol.asyncDispose]();
});

/** What `pnpm run demo -- …args` does, in a copy of the example. */
async function runDemo(...args: readonly string[]): Promise<Demo> {
  const manifest = JSON.parse(await readFile(path.join(root, "package.json"), "utf8"));
  const script: string = manifest.scripts.demo.replace(example, project.directory);
  const [, ...words] = script.split(" ");
  const options = { cwd: root, env: process.env, timeoutMs: 120_000 };
  const stdout = await mustRun([process.execPath, ...words, ...args, "--json"], options);
  const line = JSON.parse(stdout) as Demo["line"];
  const shown = await project.runnable(["runs", "show", line.runId, "--json"]);
  return { line, ...(JSON.parse(shown.stdout) as Pick<Demo, "run" | "outcome">) };
}

it("the demo learns, and leaves one record whether it runs here or across a process border", async () => {
  const here = await runDemo();
  const there = await runDemo("--executor", "emulator");

  expect(here.line.metrics["accuracy"]).toBeGreaterThanOrEqual(0.95);
  expect(here.line["catalog"]).toHaveLength(3);
  expect({ ...there.line, runId: here.line.runId }).toEqual(here.line);
  expect(lasting(there)).toEqual(lasting(here));
  expect(there.run["executor"]).toMatchObject({ type: "emulator", package: "@runnable/local" });
}, 240_000);

/** All of the records but ids, times, who ran it and what only a bundle has. */
function lasting({ run, outcome }: Demo): object {
  const { runId: _run, config, executor: _executor, submitter: _submitter, ...asked } = run;
  const { createdAt: _created, nonce: _nonce, code: _code, ...constant } = asked;
  const { runId: _id, startedAt: _start, endedAt: _end, durationMs: _ms, ...told } = outcome;
  const { peakMemoryBytes: _peak, code: _told, ...ended } = told;
  const { "job-executor": _section, ...sections } = config as { readonly [name: string]: object };
  return { ...constant, sections, ...ended };
}
