import { readdir, readFile } from "node:fs/promises";

import { describe, expect, inject, it } from "vitest";

import type { DockerEngine } from "../engines/docker/docker-engine.ts";
import { makeDockerProject, type DockerProject } from "./docker-project.ts";

const engine = inject("dockerEngine") as DockerEngine;
const token = "correct-horse-battery";

const files = {
  "jobs.ts": `import { readFileSync } from "node:fs";
import { defineJob } from "@runnable/core";
export const fine = defineJob({
  secrets: ["TOKEN"],
  run({ secrets }) {
    console.log("the token is", secrets.TOKEN);
    return { length: secrets.TOKEN.length };
  },
});
export const waiting = defineJob({
  secrets: ["TOKEN"],
  async run({ secrets, signal }) {
    console.log("waiting with", secrets.TOKEN.length);
    await new Promise((resolve) => signal.addEventListener("abort", resolve));
  },
});
`,
};
const env = { TOKEN: token };

/** Command lines of all processes of this machine, where it tells them, and of the container. */
async function commandLines(project: DockerProject): Promise<string> {
  const pids = (await readdir("/proc").catch(() => [])).filter((name) => /^\d+$/.test(name));
  const [container = ""] = await project.containers();
  const lines = await Promise.all([
    project.docker("top", container, "-eo", "pid,args"),
    ...pids.map((pid) => readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")),
  ]);
  return lines.join("\n");
}

/** What the engine tells of a container; all that its file system holds goes to `container.tar` of the project. */
async function toldOf(project: DockerProject): Promise<string> {
  const [container = ""] = await project.containers();
  await project.docker("export", "--output", project.path("container.tar"), container);
  const inspected = await project.docker("inspect", container);
  return `${inspected}\n${await project.docker("logs", container)}`;
}

describe.skipIf(!engine)("values of secrets", () => {
  it("reach the job, and no inspect, log, layer, plan or file of the project", async () => {
    await using project = await makeDockerProject(engine, files, { auto_remove_container: false });

    const plan = await project.runnable(["plan", "jobs.ts#fine", "--json"], { env });
    const end = await project.json(["run", "jobs.ts#fine"], { env });
    const told = await toldOf(project);

    expect(end["returns"]).toEqual({ length: token.length });
    // What is looked through holds the job and what it did.
    expect(told).toContain("the token is ***");
    expect(await project.filesWith("the token is")).toContain("container.tar");
    expect(told).not.toContain(token);
    expect(plan.stdout).toContain("TOKEN");
    expect(plan.stdout).not.toContain(token);
    expect(await project.filesWith(token)).toEqual([]);
  });

  it("are in no command line, journal or stage while the job runs", async () => {
    await using project = await makeDockerProject(engine, files);
    const run = project.start(["run", "jobs.ts#waiting", "--run-id", "waiting"], { env });
    await expect.poll(run.printed).toContain(`waiting with ${token.length}`);

    const lines = await commandLines(project);
    const told = await toldOf(project);
    const found = await project.filesWith(token);
    const journals = await project.filesWith("waiting.json");
    await project.runnable(["cancel", "waiting"]);
    await run.ended;

    expect(lines).toContain("execute-job");
    expect(lines).not.toContain(token);
    expect(told).not.toContain(token);
    expect(journals).toContain(".runnable/submissions/waiting.json");
    expect(found).toEqual([]);
  });
});
