import { expect, it } from "vitest";

import { expectIdTaken, expectOneOutcome } from "./after-fault.ts";
import { faultsOf, modes, pick } from "./fault-matrix.ts";
import { ledgerOf, makeFaultProject, type Fault } from "./fault-project.ts";

/** Points a mode: all, 6 under CI, else a taste. */
const wanted = process.env["RUNNABLE_FAULTS"] ?? (process.env["CI"] ? "6" : "1");
const seed = Number(process.env["RUNNABLE_FAULTS_SEED"] ?? 20_251_125);

/** Tests a mode by faults: all of them or some, told by `RUNNABLE_FAULTS` (`all`, or how many) and `RUNNABLE_FAULTS_SEED`. */
export async function testFaults(name: string): Promise<void> {
  const mode = modes.find((one) => one.name === name);
  if (mode === undefined) throw new Error(`no mode ${name}`);
  const all = await faultsOf(mode);
  const points = wanted === "all" ? all : pick(all, Number(wanted), seed);

  it.each(points.map((fault) => [describe(fault), fault] as const))(
    "a run has one outcome after %s",
    { timeout: 120_000 },
    async (_, fault) => {
      await using project = await makeFaultProject(mode.config);
      const run = ["run", "job.ts", "-p", ledgerOf(project), "--run-id", project.runId, "--json"];

      const end = await project.runnable(run, fault);

      const told = await expectOneOutcome(project, { runLog: mode.runLog, first: end });
      if (told) await expectIdTaken(project);
      // Without a blow nothing was tested but the run itself.
      const tested = told?.status === "succeeded" || (await project.struck()) !== "";
      expect(tested).toBe(true);
    },
  );
}

function describe({ signal, victim, when, trigger, step }: Fault): string {
  const whose = victim === trigger ? "its own" : `the ${trigger}'s`;
  return `${signal} of the ${victim} ${when} ${whose} step ${step}`;
}
