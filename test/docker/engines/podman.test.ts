import { mkdir, stat, symlink } from "node:fs/promises";
import path from "node:path";

import { beforeAll, describe, expect, inject, it } from "vitest";

import type { DockerEngine } from "../../engines/docker/docker-engine.ts";
import { usePodman, type PodmanEngine } from "../../engines/docker/podman-engine.ts";
import { makeDockerProject, type DockerProject } from "../docker-project.ts";

const docker = inject("dockerEngine") as DockerEngine;
/** Where the tests may start an engine they may install this one too. */
const canInstall = docker?.own;
const somebody = { uid: 4321, gid: 4321 };

const files = {
  "sum.job.ts": `import { mkdir, writeFile } from "node:fs/promises";
import { defineJob } from "@runnable/core";
export default defineJob({
  secrets: ["TOKEN"],
  catalog: { put: ["out/*.txt"] },
  async run({ parameters, secrets }) {
    console.log("counting ä€𝄞");
    await mkdir("out");
    await writeFile("out/sum.txt", "sum");
    return { sum: Number(parameters.a) + 1, length: secrets.TOKEN.length, uid: process.getuid() };
  },
});
`,
  "hello.job.ts": `import { defineJob } from "@runnable/core";
export default defineJob({ catalog: { put: ["mine.txt"] }, async run() {
  const { writeFile } = await import("node:fs/promises");
  await writeFile("mine.txt", "mine");
  return { uid: process.getuid() };
} });
`,
  "waits.job.ts": `import { existsSync } from "node:fs";
import { defineJob } from "@runnable/core";
export default defineJob({
  async run({ signal }) {
    console.log("begun");
    while (!existsSync("/runnable/stores/run-log/go")) {
      if (signal.aborted) return {};
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return { went: true };
  },
});
`,
  "exits.job.ts": `import { shellJob } from "@runnable/core";
export default shellJob({ command: "echo out; exit 3" });
`,
};
const env = { TOKEN: "correct-horse" };

describe.skipIf(!canInstall)("Podman", () => {
  let podman: PodmanEngine;
  beforeAll(async () => {
    podman = await usePodman({ images: Object.values(docker.images), from: docker.host });
    return () => podman[Symbol.asyncDispose]();
  }, 300_000);

  const makeProject = (settings: object = {}): Promise<DockerProject> =>
    makeDockerProject({ ...docker, ...podman }, files, { engine: "podman", ...settings });

  it.each(["mount", "relay"])("runs a job and leaves no container, storage %s", async (storage) => {
    await using project = await makeProject({ storage });

    const end = await project.runnable(["run", "sum.job.ts", "-p", "a=2", "--json"], { env });
    await project.runnable(["catalog", "get", "latest", "--to", "back"]);

    expect(end.code, end.stderr).toBe(0);
    expect(JSON.parse(end.stdout)).toMatchObject({
      status: "succeeded",
      returns: { sum: 3, length: env.TOKEN.length },
    });
    expect(end.stderr).toContain("counting ä€𝄞\n");
    expect(await project.read("back/out/sum.txt")).toBe("sum");
    expect(await project.filesWith(env.TOKEN)).toEqual([]);
    expect(await project.containers()).toEqual([]);
  });

  it("is found by itself where there is no docker", async () => {
    await using project = await makeProject({ engine: undefined });
    const PATH = await pathWith(project, ["podman", "node"]);

    const end = await project.json(["run", "hello.job.ts"], { env: { PATH } });

    expect(end).toMatchObject({ status: "succeeded" });
  });

  it("ends with the exit code of the job", async () => {
    await using project = await makeProject();

    const { code, stdout } = await project.runnable(["run", "exits.job.ts"]);

    expect({ code, stdout }).toMatchObject({ code: 3, stdout: expect.stringContaining("out\n") });
  });

  it("gives an image without Node the submitter's", async () => {
    await using project = await makeProject({ image: docker.images.plain });

    const end = await project.json(["run", "hello.job.ts"]);

    expect(end).toMatchObject({ status: "succeeded" });
  });

  it("goes on when the command detaches, and is followed by another", async () => {
    await using project = await makeProject();

    const detached = await project.runnable(["run", "waits.job.ts", "--detach", "--run-id", "r"]);
    await project.write(".run_log_store/go", "");
    const end = await project.json(["attach", "r"]);

    expect(detached.code, detached.stderr).toBe(0);
    expect(end).toMatchObject({ status: "succeeded", returns: { went: true } });
    expect(await project.containers()).toEqual([]);
  });

  it("stops a run that is cancelled", async () => {
    await using project = await makeProject();
    const run = project.start(["run", "waits.job.ts", "--run-id", "r", "--json"]);
    await expect.poll(run.printed).toContain("begun");

    await project.runnable(["cancel", "r"]);
    const { stdout, stderr } = await run.ended;

    expect(JSON.parse(stdout), stderr).toMatchObject({ status: "cancelled" });
    expect(await project.containers()).toEqual([]);
  });

  it.each([
    ["an image that is not there", { image: "nowhere.test/none", pull: "never" }, "IMAGE_MISSING"],
    ["a mount of nothing", { mounts: [{ source: "no", target: "/x" }] }, "MOUNT_MISSING"],
    ["a user that the image does not know", { user: "nobody-here" }, "CONTAINER_REFUSED"],
  ])("tells what it refuses, with a remedy: %s", async (_, settings, name) => {
    await using project = await makeProject(settings);

    const { code } = await project.runnable(["run", "hello.job.ts", "--run-id", "r"]);
    const { outcome } = await project.json(["runs", "show", "r"]);

    expect(code).toBe(78);
    expect(outcome).toMatchObject({ error: { name, remedy: expect.any(String) } });
    expect(await project.containers()).toEqual([]);
  });

  it("tells a kill from one for memory no better than it knows", async () => {
    await using project = await makeProject({ memory: "16m" });

    const { code } = await project.runnable(["run", "hello.job.ts", "--run-id", "r"]);
    const { outcome } = await project.json(["runs", "show", "r"]);

    expect(code).toBe(137);
    expect(outcome).toMatchObject({ status: "failed" });
    expect(JSON.stringify(outcome)).toMatch(/memory/);
  });
});

describe.skipIf(!canInstall)("a rootless Podman", () => {
  let podman: PodmanEngine;
  beforeAll(async () => {
    podman = await usePodman({ images: [docker.images.node], from: docker.host, user: somebody });
    return () => podman[Symbol.asyncDispose]();
  }, 300_000);

  it("runs the job as root, and the files are the user's", async () => {
    await using project = await makeDockerProject({ ...docker, ...podman }, files, {
      engine: "podman",
    });
    await project.giveTo(somebody);

    const end = await project.json(["run", "hello.job.ts"], { user: somebody });
    const kept = await stat(project.path(`.catalog/${String(end["runId"])}/mine.txt`));

    expect(end).toMatchObject({ status: "succeeded", returns: { uid: 0 } });
    expect({ uid: kept.uid, gid: kept.gid }).toEqual(somebody);
    expect(await project.containers()).toEqual([]);
  });
});

/** A search path that finds these programs and no others. */
async function pathWith(project: DockerProject, names: readonly string[]): Promise<string> {
  const directory = project.path("bin");
  await mkdir(directory);
  const all = [path.dirname(process.execPath), ...(process.env["PATH"] ?? "").split(":")];
  for (const name of names) {
    for (const place of all) {
      const found = path.join(place, name);
      const isThere = await stat(found).then(
        () => true,
        () => false,
      );
      if (isThere) {
        await symlink(found, path.join(directory, name));
        break;
      }
    }
  }
  return directory;
}
