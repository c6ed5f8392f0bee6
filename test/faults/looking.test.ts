import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { expectOneOutcome } from "./after-fault.ts";
import { modes, pick } from "./fault-matrix.ts";
import { ledgerOf, makeFaultProject, type Fault, type FaultProject } from "./fault-project.ts";

/** Points a mode: all, 6 under CI, else 2. */
const wanted = process.env["RUNNABLE_FAULTS"] ?? (process.env["CI"] ? "6" : "2");
const seed = Number(process.env["RUNNABLE_FAULTS_SEED"] ?? 20_251_125);

const nobody: Fault = {
  trigger: "submitter",
  victim: "submitter",
  step: 0,
  when: "before",
  signal: "SIGKILL",
};

describe.each(modes.filter(({ name }) => name.startsWith("emulator")))("$name", (mode) => {
  it(
    "a run that is over has one outcome, wherever who looks at it is killed",
    { timeout: 1_800_000 },
    async () => {
      for (const fault of await points(mode.config)) {
        await using project = await overProject(mode.config);

        const look = await project.runnable(["runs", "show", project.runId], fault);
        await project.runnable(["runs", "show", project.runId]);
        const cleaned = await project.runnable(["clean"]);

        expect(look.signal, `${fault.when} step ${fault.step}`).toBe("SIGKILL");
        expect(cleaned.code, cleaned.stderr).toBe(0);
        const told = await expectOneOutcome(project, { runLog: mode.runLog, first: look });
        expect(told?.status, `${fault.when} step ${fault.step}`).toBe("succeeded");
      }
    },
  );
});

/** Every step of who looks, before and after it, or some. */
async function points(config: string): Promise<readonly Fault[]> {
  await using project = await overProject(config);
  await project.runnable(["runs", "show", project.runId], nobody);
  // What is written to the terminal has lines of its own.
  const steps = (await project.stepsOf("submitter")).filter((line) => /^\d+ \w+ \//.test(line));
  const all = steps.flatMap((line) =>
    (["before", "after"] as const).map((when) => ({
      ...nobody,
      step: Number(line.split(" ")[0]),
      when,
    })),
  );
  expect(all.length).toBeGreaterThan(0);
  return wanted === "all" ? all : pick(all, Number(wanted), seed);
}

/** A project with a detached run that has ended, and that nobody has looked at. */
async function overProject(config: string): Promise<FaultProject> {
  const project = await makeFaultProject(config);
  const words = ["run", "job.ts", "-d", "-p", ledgerOf(project), "--run-id", project.runId];
  const end = await project.runnable(words);
  expect(end.code, end.stderr).toBe(0);
  const platform = join(project.temporary, `runnable-${process.getuid?.() ?? 0}`);
  await expect
    .poll(async () =>
      (await readdir(platform)).every((name) => existsSync(join(platform, name, "exit"))),
    )
    .toBe(true);
  return project;
}
