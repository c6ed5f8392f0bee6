import { describe, expect, inject, it } from "vitest";

import type { DockerEngine } from "../engines/docker/docker-engine.ts";
import { makeDockerProject, type DockerProject } from "./docker-project.ts";

const engine = inject("dockerEngine") as DockerEngine;

const files = {
  "hello.job.ts": `import { defineJob } from "@runnable/core";
export default defineJob({ run: () => ({ hello: "world" }) });
`,
  "waits.job.ts": `import { defineJob } from "@runnable/core";
export default defineJob({
  async run({ signal }) {
    console.log("begun");
    const timer = setTimeout(() => undefined, 600_000);
    await new Promise((resolve) => signal.addEventListener("abort", resolve));
    clearTimeout(timer);
  },
});
`,
  "eats.job.ts": `import { defineJob } from "@runnable/core";
export default defineJob({
  run() {
    const kept = [];
    for (;;) kept.push(Buffer.alloc(8 << 20, 1));
  },
});
`,
  "killed.job.ts": `import { shellJob } from "@runnable/core";
export default shellJob({ command: "kill -KILL $$" });
`,
};

interface Told {
  readonly code: number;
  readonly outcome: {
    readonly status: string;
    readonly cause?: string;
    readonly error?: { readonly name: string; readonly message: string; readonly remedy?: string };
    readonly by: string;
  };
}

/** A run to its end, and what its record tells. */
async function runToEnd(project: DockerProject, job = "hello.job.ts"): Promise<Told> {
  const { code } = await project.runnable(["run", job, "--run-id", "r"]);
  return { code, ...(await recorded(project)) };
}

/** Name of the container of run `r`. */
async function plannedName(project: DockerProject): Promise<string> {
  const { submission } = await project.json(["plan", "hello.job.ts", "--run-id", "r"]);
  return (submission as { readonly plan: { readonly name: string } }).plan.name;
}

async function recorded(project: DockerProject): Promise<Pick<Told, "outcome">> {
  const { outcome } = await project.json(["runs", "show", "r"]);
  return { outcome: outcome as Told["outcome"] };
}

describe.skipIf(!engine)("what an engine refuses", () => {
  it.each([
    [
      "an image that is not there",
      { image: "runnable-test/none", pull: "never" },
      "image",
      "IMAGE_MISSING",
    ],
    ["a name that is no image's", { image: "No:Such:Image" }, "image", "IMAGE_INVALID"],
    [
      "an image of another platform",
      { platform: "linux/s390x", pull: "never" },
      "image",
      "IMAGE_PLATFORM",
    ],
    ["too little memory", { memory: "1m" }, "config", "CONTAINER_REFUSED"],
    [
      "a mount of nothing",
      { mounts: [{ source: "nothing", target: "/x" }] },
      "config",
      "MOUNT_MISSING",
    ],
    [
      "a runtime option that it does not know",
      { security_opt: ["no-such-thing"] },
      "config",
      "CONTAINER_REFUSED",
    ],
  ])("is told as what it is, with a remedy: %s", async (_, settings, cause, name) => {
    await using project = await makeDockerProject(engine, files, settings);

    const { code, outcome } = await runToEnd(project);

    expect({ code, outcome }).toMatchObject({
      code: 78,
      outcome: { status: "failed", cause, error: { name, remedy: expect.any(String) } },
    });
    expect(await project.containers()).toEqual([]);
  });

  it.each([
    ["a user that the image does not know", { user: "nobody-here" }, "config", /user/],
    ["GPUs where there are none", { gpus: "all" }, "config", /gpus/],
    ["a network that is not there", { network: "no-such-network" }, "config", /network/],
  ])(
    "is told as what it is, also where only the start tells: %s",
    async (_, settings, cause, remedy) => {
      await using project = await makeDockerProject(engine, files, settings);

      const { outcome } = await runToEnd(project);

      expect(outcome).toMatchObject({ status: "failed", cause, by: "submitter" });
      expect(outcome.error?.remedy).toMatch(remedy);
      expect(await project.containers()).toEqual([]);
    },
  );
});

describe.skipIf(!engine)("what ends a container", () => {
  it("is memory, where the job took more than its limit and the job side is left to tell", async () => {
    await using project = await makeDockerProject(engine, files, { memory: "256m" });

    const { outcome } = await runToEnd(project, "eats.job.ts");

    expect(outcome).toMatchObject({ status: "failed", cause: "oom", by: "job" });
  });

  it("is memory, where not even the job side has enough", async () => {
    await using project = await makeDockerProject(engine, files, { memory: "16m" });

    const { code, outcome } = await runToEnd(project);

    expect(code).toBe(137);
    expect(outcome).toMatchObject({ status: "failed", cause: "oom", by: "submitter" });
    expect(outcome.error?.remedy).toContain("job-executor.config.memory");
  });

  it("is the job, where it was killed inside", async () => {
    await using project = await makeDockerProject(engine, files);

    const { code, outcome } = await runToEnd(project, "killed.job.ts");

    expect(code).toBe(137);
    expect(outcome).toMatchObject({ status: "failed", cause: "unknown", by: "job" });
  });

  it.each([
    ["a kill from outside", ["kill"], { status: "failed", cause: "platform" }, 137],
    [
      "a stop from outside",
      ["stop", "--time", "60"],
      { status: "cancelled", cause: "cancelled" },
      130,
    ],
    ["a removal", ["rm", "--force"], { status: "lost", cause: "node_lost" }, 75],
  ])("is told: %s", async (_, command, expected, expectedCode) => {
    await using project = await makeDockerProject(engine, files);
    const run = project.start(["run", "waits.job.ts", "--run-id", "r"]);
    await expect.poll(run.printed).toContain("begun");
    const [container = ""] = await project.containers();

    await project.docker(...command, container);
    const { code, stderr } = await run.ended;

    expect(await recorded(project)).toMatchObject({ outcome: expected });
    expect(code, stderr).toBe(expectedCode);
    expect(await project.containers()).toEqual([]);
  });
});

describe.skipIf(!engine)("a name that is taken", () => {
  it("is refused where the container is somebody else's, which stays as it is", async () => {
    await using project = await makeDockerProject(engine, files);
    const name = await plannedName(project);
    const label = `project=${project.directory.split("/").at(-1)}`;
    await project.docker("create", "--name", name, "--label", label, engine.images.node);

    const { code, outcome } = await runToEnd(project);

    expect({ code, outcome }).toMatchObject({
      code: 78,
      outcome: { cause: "config", error: { name: "CONTAINER_NAME_TAKEN" } },
    });
    expect(await project.containers()).toEqual([name]);
  });

  it("is no obstacle where a client before this one died before it started the container", async () => {
    await using project = await makeDockerProject(engine, files);
    const name = await plannedName(project);
    const labels = ["runnable/run-id=r", "runnable/attempt=1"].flatMap((label) => [
      "--label",
      label,
    ]);
    await project.docker("create", "--name", name, ...labels, engine.images.node);

    const { code } = await runToEnd(project);

    expect(code).toBe(0);
    expect(await project.containers()).toEqual([]);
  });
});

it.skipIf(!engine)("an engine that does not answer ends a run before there is one", async () => {
  await using project = await makeDockerProject(engine, files);
  const env = { DOCKER_HOST: "unix:///nowhere.sock" };

  const { code, stderr } = await project.runnable(["run", "hello.job.ts"], { env });

  expect(code).toBe(75);
  expect(stderr).toContain("error[ENGINE_UNREACHABLE]");
  expect(project.has(".run_log_store")).toBe(false);
});
