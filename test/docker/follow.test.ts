import { describe, expect, inject, it } from "vitest";

import type { DockerEngine } from "../engines/docker/docker-engine.ts";
import { makeDockerProject, type DockerProject } from "./docker-project.ts";

const engine = inject("dockerEngine") as DockerEngine;

const files = {
  "waits.job.ts": `import { existsSync } from "node:fs";
import { defineJob } from "@runnable/core";
export default defineJob({
  async run({ signal, secrets }) {
    console.log("begun");
    for (let i = 0; !existsSync("/runnable/stores/run-log/go"); i += 1) {
      if (signal.aborted) return { stopped: true };
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    console.log("done");
    return { went: true };
  },
});
`,
  "secret.job.ts": `import { existsSync } from "node:fs";
import { defineJob } from "@runnable/core";
export default defineJob({
  secrets: ["TOKEN"],
  async run({ secrets }) {
    console.log("begun");
    while (!existsSync("/runnable/stores/run-log/go")) await new Promise((resolve) => setTimeout(resolve, 20));
    return { length: secrets.TOKEN.length };
  },
});
`,
};

/** Lets a job go on that waits for it, through the run log that it sees. */
const letGo = (project: DockerProject) => project.write(".run_log_store/go", "");

const begun = (text: () => string) => expect.poll(text).toContain("begun");

describe.skipIf(!engine)("a run in a container", () => {
  it("outlives the command that detaches, and is followed to its end by another", async () => {
    await using project = await makeDockerProject(engine, files);

    const detached = await project.runnable(["run", "waits.job.ts", "--detach", "--run-id", "r"]);
    const attached = project.start(["attach", "r", "--json"]);
    await begun(attached.printed);
    await letGo(project);
    const end = await attached.ended;

    expect(detached.code, detached.stderr).toBe(0);
    expect(end.code, end.stderr).toBe(0);
    expect(JSON.parse(end.stdout)).toMatchObject({ status: "succeeded", returns: { went: true } });
    expect(await project.containers()).toEqual([]);
  });

  it("has its secrets also where the command that brought them has left", async () => {
    await using project = await makeDockerProject(engine, files);
    const env = { TOKEN: "correct-horse" };

    await project.runnable(["run", "secret.job.ts", "--detach", "--run-id", "r"], { env });
    await letGo(project);

    expect(await project.json(["attach", "r"])).toMatchObject({ returns: { length: 13 } });
  });

  it("shows its output to logs -f while it runs", async () => {
    await using project = await makeDockerProject(engine, files);
    await project.runnable(["run", "waits.job.ts", "--detach", "--run-id", "r"]);

    const logs = project.start(["logs", "r", "--follow"]);
    await begun(logs.printed);
    await letGo(project);
    // Who follows the container makes the end of the run known.
    await project.runnable(["attach", "r"]);

    expect(await logs.ended).toMatchObject({ code: 0, stdout: "begun\ndone\n" });
  });

  it("is stopped from another terminal, and says so", async () => {
    await using project = await makeDockerProject(engine, files);
    const run = project.start(["run", "waits.job.ts", "--run-id", "r", "--json"]);
    await begun(run.printed);

    await project.runnable(["cancel", "r"]);
    const end = await run.ended;

    expect(JSON.parse(end.stdout)).toMatchObject({ status: "cancelled" });
    expect(await project.containers()).toEqual([]);
  });

  it("is stopped by Ctrl-C", async () => {
    await using project = await makeDockerProject(engine, files);
    const run = project.start(["run", "waits.job.ts", "--json"]);
    await begun(run.printed);

    run.kill("SIGINT");
    const { code, stdout } = await run.ended;

    expect(code).toBe(130);
    expect(JSON.parse(stdout)).toMatchObject({ status: "cancelled", cause: "cancelled" });
  });

  it("is found again after its client was killed", async () => {
    await using project = await makeDockerProject(engine, files);
    const run = project.start(["run", "waits.job.ts", "--run-id", "r"]);
    await begun(run.printed);
    run.kill("SIGKILL");
    await run.ended;

    await letGo(project);
    const end = await project.json(["attach", "r"]);

    expect(end).toMatchObject({ status: "succeeded", returns: { went: true } });
    expect(await project.containers()).toEqual([]);
  });

  it("that was created and never started is ended by whoever attaches, and removed", async () => {
    await using project = await makeDockerProject(engine, files);
    // As if its client had died in between: the container is there, and the journal says so.
    const run = project.start(["run", "waits.job.ts", "--run-id", "r"]);
    await begun(run.printed);
    run.kill("SIGKILL");
    await run.ended;
    const [name = ""] = await project.containers();
    const labels = ["project", "runnable/run-id", "runnable/attempt"].map(async (label) => {
      const format = `{{index .Config.Labels "${label}"}}`;
      const value = await project.docker("inspect", "--format", format, name);
      return `--label=${label}=${value.trim()}`;
    });
    const options = await Promise.all(labels);
    await project.docker("rm", "--force", name);
    await project.docker("create", "--name", name, ...options, engine.images.node);
    await project.forgetHandle("r");

    const end = await project.json(["attach", "r"]);

    expect(end).toMatchObject({ status: "failed", cause: "platform" });
    expect(await project.containers()).toEqual([]);
  });
});
