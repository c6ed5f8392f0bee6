import { chmod, readdir } from "node:fs/promises";

import { describe, expect, inject, it } from "vitest";

import type { DockerEngine } from "../engines/docker/docker-engine.ts";
import { makeDockerProject, type DockerProject } from "./docker-project.ts";

const engine = inject("dockerEngine") as DockerEngine;

/** In place of the engine's command: does what that does, then kills the client that asked for `$KILL_AFTER`. */
const deadly = `#!/bin/sh
PATH=\${PATH#*:} docker "$@"
code=$?
[ "$1" = "$KILL_AFTER" ] && kill -9 "$PPID"
exit $code
`;

const files = {
  "jobs.ts": `import { defineJob, shellJob } from "@runnable/core";
export const fine = defineJob({ run: () => ({ answer: 42 }) });
export const failing = shellJob({ command: "exit 3" });
export const waiting = shellJob({ command: "echo waiting; sleep 600" });
`,
  "bin/docker": deadly,
};

/** A client that dies by itself once the engine has done one of its commands. */
async function killedAfter(command: string, project: DockerProject, runId: string): Promise<void> {
  await chmod(project.path("bin/docker"), 0o755);
  const PATH = `${project.path("bin")}:${process.env["PATH"]}`;
  const env = { ...inTmp(project).env, PATH, KILL_AFTER: command };
  const { code } = await project.runnable(["run", "jobs.ts#fine", "--run-id", runId], { env });
  expect(code).toBe(-1);
}

/** Whether all containers of a project have come to rest. */
async function areStill(project: DockerProject): Promise<boolean> {
  const states = await Promise.all(
    (await project.containers()).map((name) =>
      project.docker("inspect", "--format", "{{.State.Status}}", name),
    ),
  );
  return states.every((state) => state.trim() !== "running");
}

/** Names of what a project has on the engine and in its working files, but for the cache of Node and the journal. */
async function leftBy(project: DockerProject): Promise<readonly string[]> {
  const stages = await readdir(project.path(".runnable/stage")).catch(() => []);
  const entries = await readdir(project.path("tmp"));
  const ours = entries.filter((name) => name !== "node-compile-cache");
  return [...(await project.containers()), ...stages, ...ours];
}

async function makeProject(settings: object = {}): Promise<DockerProject> {
  return makeDockerProject(engine, { ...files, "tmp/.keep": "" }, settings);
}

describe.skipIf(!engine)("what a client that was killed left behind", () => {
  it.each([
    { command: "create", ends: "failed" },
    { command: "cp", ends: "failed" },
    { command: "start", ends: "succeeded" },
    { command: "wait", ends: "succeeded" },
  ])("is gone after `clean`: killed after $command", async ({ command, ends }) => {
    await using project = await makeProject();
    await killedAfter(command, project, "left");
    await expect.poll(() => areStill(project)).toBe(true);
    const before = await project.containers();

    const cleaned = await project.runnable(["clean"]);
    const { outcome } = await project.json(["runs", "show", "left"]);

    expect(before).toHaveLength(1);
    expect(cleaned.code, cleaned.stderr).toBe(0);
    expect(outcome).toMatchObject({ status: ends });
    expect(await leftBy(project)).toEqual([".keep"]);
  });

  it("stays as it is where `clean` is only to tell", async () => {
    await using project = await makeProject();
    await killedAfter("start", project, "left");
    await expect.poll(() => areStill(project)).toBe(true);
    const before = await leftBy(project);

    const { code, stdout } = await project.runnable(["clean", "--dry-run"]);

    expect(code).toBe(0);
    expect(stdout).toContain("would go");
    expect(await leftBy(project)).toEqual(before);
  });
});

describe.skipIf(!engine)("what a run leaves behind", () => {
  it.each([
    { job: "fine", status: 0 },
    { job: "failing", status: 3 },
  ])("is nothing when it ended with $status", async ({ job, status }) => {
    await using project = await makeProject();
    const volumes = await project.docker("volume", "ls", "--quiet");

    const { code } = await project.runnable(["run", `jobs.ts#${job}`], inTmp(project));

    expect(code).toBe(status);
    expect(await leftBy(project)).toEqual([".keep"]);
    expect(await project.docker("volume", "ls", "--quiet")).toBe(volumes);
  });

  it("is nothing when it was cancelled", async () => {
    await using project = await makeProject();
    const waiting = ["run", "jobs.ts#waiting", "--run-id", "waiting"];
    const run = project.start(waiting, inTmp(project));
    await expect.poll(run.printed).toContain("waiting\n");

    await project.runnable(["cancel", "waiting"]);
    await run.ended;

    expect(await leftBy(project)).toEqual([".keep"]);
  });

  it.each([
    ["an image that is not there", { image: "no/such", pull: "never" }],
    ["a mount that the engine refuses", { mounts: [{ source: "/no/such/place", target: "/x" }] }],
    ["a limit that is too small", { memory: "1k" }],
  ])("is nothing when it was refused: %s", async (_, settings) => {
    await using project = await makeProject(settings);

    const { code } = await project.runnable(["run", "jobs.ts#fine"], inTmp(project));

    expect(code).toBe(78);
    expect(await leftBy(project)).toEqual([".keep"]);
  });

  it("is the container, ended, where the settings keep it", async () => {
    await using project = await makeProject({ auto_remove_container: false });

    await project.runnable(["run", "jobs.ts#fine"], inTmp(project));

    expect(await project.containers()).toHaveLength(1);
    expect(await areStill(project)).toBe(true);
  });
});

function inTmp(project: DockerProject) {
  return { env: { TMPDIR: project.path("tmp") } };
}
