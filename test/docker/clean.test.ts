import { rm } from "node:fs/promises";

import { describe, expect, inject, it } from "vitest";

import type { DockerEngine } from "../engines/docker/docker-engine.ts";
import { makeDockerProject, type DockerProject } from "./docker-project.ts";

const engine = inject("dockerEngine") as DockerEngine;

const files = {
  "jobs.ts": `import { shellJob } from "@runnable/core";
export const fine = shellJob({ command: "true" });
export const waiting = shellJob({ command: "sleep 600" });
`,
};

interface Cleaned {
  readonly runId?: string;
  readonly what: string;
  readonly action: string;
}

describe.skipIf(!engine)("clean", () => {
  it("removes containers that have no submission any more, and keeps those that run", async () => {
    await using project = await makeDockerProject(engine, files);
    await submit(project, "fine", "orphan");
    await submit(project, "waiting", "live");
    await expect.poll(() => states(project), { timeout: 60_000 }).toContain("exited");
    await rm(project.path(".runnable/submissions/orphan.json"));

    const cleaned = await clean(project);

    expect(actions(cleaned)).toContain("orphan container removed");
    expect(actions(cleaned)).toContain("live container kept");
    expect(await project.containers()).toEqual([expect.stringMatching(/^rn-live-/)]);
    await project.runnable(["cancel", "live"]);
    expect(await project.containers()).toEqual([]);
  });

  it("touches no container of another project on the same engine", async () => {
    await using theirs = await makeDockerProject(engine, files);
    await using ours = await makeDockerProject(engine, files);
    await submit(theirs, "fine", "theirs");
    await expect.poll(() => states(theirs), { timeout: 60_000 }).toContain("exited");
    await rm(theirs.path(".runnable/submissions/theirs.json"));

    const cleaned = await clean(ours, "--older-than", "1ms");

    expect(cleaned).toEqual([]);
    expect(await theirs.containers()).toHaveLength(1);
  });
});

async function submit(project: DockerProject, job: string, runId: string): Promise<void> {
  const end = await project.runnable(["run", `jobs.ts#${job}`, "-d", "--run-id", runId]);
  expect(end.code, end.stderr).toBe(0);
}

async function clean(
  project: DockerProject,
  ...words: readonly string[]
): Promise<readonly Cleaned[]> {
  const end = await project.runnable(["clean", "--json", ...words]);
  expect(end.code, end.stderr).toBe(0);
  return JSON.parse(end.stdout) as readonly Cleaned[];
}

function actions(cleaned: readonly Cleaned[]): readonly string[] {
  return cleaned.map(({ runId = "", what, action }) => `${runId} ${what.split(" ")[0]} ${action}`);
}

async function states(project: DockerProject): Promise<readonly string[]> {
  const [name = ""] = (await project.containers()).filter((one) => !one.includes("live"));
  const state = await project.docker("inspect", "--format", "{{.State.Status}}", name);
  return [state.trim()];
}
