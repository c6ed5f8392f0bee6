import { beforeAll, describe, expect, inject, it } from "vitest";

import type { DockerEngine } from "../engines/docker/docker-engine.ts";
import { startSecondEngine, type SecondEngine } from "../engines/docker/second-engine.ts";
import { codesIn } from "../support/expect-refusal.ts";
import { makeDockerProject, type DockerProject, type Printed } from "./docker-project.ts";

const shared = inject("dockerEngine") as DockerEngine;

const files = {
  "waits.job.ts": `import { existsSync } from "node:fs";
import { defineJob } from "@runnable/core";
export default defineJob({
  async run({ signal }) {
    console.log("begun");
    while (!existsSync("/runnable/stores/run-log/go")) {
      if (signal.aborted) return { went: false };
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    console.log("done");
    return { went: true };
  },
});
`,
};

let engine: SecondEngine;

// Not the engine of the other tests: they want it whole.
beforeAll(async () => {
  if (!shared?.own) return undefined;
  engine = await startSecondEngine({ image: shared.images.node, from: shared.host });
  return () => engine[Symbol.asyncDispose]();
}, 300_000);

const makeProject = (storage: string) =>
  makeDockerProject({ ...shared, host: engine.host }, files, { storage });

/** What attach says twice, which must be the same. */
async function attached(project: DockerProject): Promise<Printed> {
  const [one, other] = await Promise.all([
    project.json(["attach", "r"]),
    project.json(["attach", "r"]),
  ]);
  expect(other).toEqual(one);
  return one;
}

// An engine that starts again stops the containers that it finds.
describe.skipIf(!shared?.own)("an engine that ends in the middle of a run", () => {
  it.each([
    ["is stopped and started again", "SIGTERM", "mount"],
    ["is stopped and started again", "SIGTERM", "relay"],
    ["crashes and starts again", "SIGKILL", "mount"],
    ["crashes and starts again", "SIGKILL", "relay"],
  ] as const)(
    "ends it with one outcome where it %s (%s), storage %s",
    async (_, signal, storage) => {
      await using project = await makeProject(storage);
      const run = project.start(["run", "waits.job.ts", "--run-id", "r", "--json"]);
      await expect.poll(run.printed).toContain("begun");

      await engine.kill(signal);
      await engine.start();
      const { code, stdout, stderr } = await run.ended;

      expect(code, stderr).toBe(130);
      expect(stderr).toContain("the platform does not answer");
      expect(JSON.parse(stdout)).toMatchObject({ status: "cancelled", cause: "cancelled" });
      expect(await attached(project)).toEqual(JSON.parse(stdout));
      const { outcome } = await project.json(["runs", "show", "r"]);
      expect(outcome).toMatchObject({
        by: "job",
        error: { message: expect.stringContaining("its platform") },
      });
      expect(await project.containers()).toEqual([]);
    },
  );

  it("takes no success from a job that ended well meanwhile", async () => {
    await using project = await makeProject("mount");
    const run = project.start(["run", "waits.job.ts", "--run-id", "r", "--json"]);
    await expect.poll(run.printed).toContain("begun");

    await engine.kill("SIGKILL");
    await project.write(".run_log_store/go", "");
    await expect.poll(() => project.has(".run_log_store/r/outcome.json")).toBe(true);
    await engine.start();
    const { code, stdout, stderr } = await run.ended;

    expect(code, stderr).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ status: "succeeded", returns: { went: true } });
    expect(stderr).toContain("done\n");
    expect(await attached(project)).toEqual(JSON.parse(stdout));
    expect(await project.containers()).toEqual([]);
  });

  it("is told to whoever attaches before it is back, and the run is found again", async () => {
    await using project = await makeProject("mount");
    await project.runnable(["run", "waits.job.ts", "--run-id", "r", "--detach"]);

    await engine.kill("SIGKILL");
    const before = await project.runnable(["attach", "r"]);
    await engine.start();
    const after = await attached(project);

    expect(before.code).toBe(75);
    expect(codesIn(before.stderr)).toEqual(["ENGINE_UNREACHABLE"]);
    expect(after).toMatchObject({ status: "cancelled" });
    expect(await project.containers()).toEqual([]);
  });
});
