import { symlink, writeFile } from "node:fs/promises";
import path from "node:path";

import { describe, expect, inject, it } from "vitest";

import type { DockerEngine } from "../../engines/docker/docker-engine.ts";
import { expectOneOutcome } from "../../faults/after-fault.ts";
import { pick } from "../../faults/fault-matrix.ts";
import { makeFaultProject, type Fault, type FaultProject } from "../../faults/fault-project.ts";
import { mustRun } from "../../support/run-program.ts";

const engine = inject("dockerEngine") as DockerEngine;
const plugin = path.resolve(import.meta.dirname, "../../../plugins/docker");

/** Points a storage: all, 4 under CI, else 2. */
const wanted = process.env["RUNNABLE_FAULTS"] ?? (process.env["CI"] ? "4" : "2");
const seed = Number(process.env["RUNNABLE_FAULTS_SEED"] ?? 20_251_125);

const unharmed: Fault = {
  trigger: "submitter",
  victim: "submitter",
  step: 0,
  when: "before",
  signal: "SIGKILL",
};

const job = `
import { defineJob } from "@runnable/core";
import { appendFileSync, writeFileSync } from "node:fs";
export default defineJob({
  catalog: { put: ["model.txt"] },
  async run({ runId, attempt }) {
    appendFileSync("/base/ledger", runId + " " + attempt + "\\n");
    writeFileSync("model.txt", "a model");
    return { answer: 42 };
  },
});
`;

/** A project whose jobs run in containers, which see the ledger. */
async function makeProject(storage: string): Promise<FaultProject> {
  const mounts = [{ source: "..", target: "/base" }];
  const config = { image: engine.images.node, storage, mounts };
  const project = await makeFaultProject(
    JSON.stringify({ "job-executor": { type: "docker", config } }),
    job,
    engine.host === undefined ? {} : { DOCKER_HOST: engine.host },
  );
  const manifest = {
    name: "project",
    type: "module",
    devDependencies: { "@runnable/docker": "*" },
  };
  await writeFile(path.join(project.directory, "package.json"), JSON.stringify(manifest));
  await symlink(plugin, path.join(project.directory, "node_modules/@runnable/docker"));
  return project;
}

const run = (project: FaultProject, fault: Fault) =>
  project.runnable(["run", "job.ts", "--run-id", project.runId, "--json"], fault);

async function containersOf({ runId, directory }: FaultProject): Promise<string> {
  const host = engine.host === undefined ? {} : { DOCKER_HOST: engine.host };
  const filter = `label=runnable/run-id=${runId}`;
  return mustRun(["docker", "ps", "--all", "--quiet", "--filter", filter], {
    cwd: directory,
    env: { ...process.env, ...host },
    timeoutMs: 60_000,
  });
}

/** Every step of the client, before and after it, or some. */
async function points(storage: string): Promise<readonly Fault[]> {
  await using project = await makeProject(storage);
  const { code, stderr } = await run(project, unharmed);
  expect(code, stderr).toBe(0);
  const steps = await project.stepsOf("submitter");
  const all = steps.flatMap((_, index) =>
    (["before", "after"] as const).map((when) => ({ ...unharmed, step: index + 1, when })),
  );
  return wanted === "all" ? all : pick(all, Number(wanted), seed);
}

describe.skipIf(!engine)("a client that is killed between any two steps", () => {
  it.each(["mount", "relay"])(
    "leaves a run that is found again and has one outcome, storage %s",
    { timeout: 1_800_000 },
    async (storage) => {
      for (const fault of await points(storage)) {
        await using project = await makeProject(storage);

        const first = await run(project, fault);

        const where = `${fault.when} step ${fault.step}`;
        expect(await project.struck(), where).not.toBe("");
        const told = await expectOneOutcome(project, { runLog: ".run_log_store", first });
        // Lost: it died before the engine had heard of the container.
        expect(["succeeded", "failed", "lost", undefined], where).toContain(told?.status);
        const done = told?.status === "lost" ? await project.ledger() : [];
        expect(done, where).toEqual([]);
        expect(await containersOf(project), where).toBe("");
      }
    },
  );
});
