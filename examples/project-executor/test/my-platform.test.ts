import { spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

import { describe, expect, it } from "vitest";

import {
  copyProject,
  lastJson,
  runnableArguments,
  type CopiedProject,
} from "../../../test/support/copied-project.ts";
import { createJobService } from "../service/server.ts";

describe("my-platform", () => {
  it("runs a job on the service and brings its files back", async () => {
    await using platform = await startPlatform();
    await using project = await copyProject("examples/project-executor");
    await platform.configure(project);

    const run = await project.runnable(["run", "mandelbrot.job.ts", "-p", "width=100", "--json"]);

    expect(lastJson(run)).toMatchObject({
      status: "succeeded",
      catalog: [{ path: "mandelbrot.pgm" }],
    });
    expect(await readdir(project.path(".catalog"))).not.toEqual([]);
    expect(await readdir(platform.directory)).toEqual([]);
  });

  it("gives a job's own exit code and output", async () => {
    await using platform = await startPlatform();
    await using project = await copyProject("examples/project-executor");
    await platform.configure(project);
    await project.write(
      "fail.job.ts",
      `export default shellJob({ command: "echo out; echo err >&2; exit 7" });`,
    );

    const run = await project.runnable(["run", "fail.job.ts"]);

    expect(run).toMatchObject({ code: 7, stdout: "out\n" });
    expect(run.stderr).toMatch(/^err$/m);
  });

  it("hands over secret values without showing them", async () => {
    await using platform = await startPlatform();
    await using project = await copyProject("examples/project-executor");
    await platform.configure(project);
    await project.write(
      "ask.job.ts",
      `export default shellJob({ secrets: ["TOKEN"], returns: ["length"],
         command: 'echo "token $TOKEN"; echo "length=\${#TOKEN}" > "$RUNNABLE_OUTPUT"' });`,
    );

    const run = await project.runnable(["run", "ask.job.ts", "--json"], { TOKEN: "correct-horse" });

    expect(lastJson(run)).toMatchObject({ returns: { length: 13 } });
    expect(run.stdout + run.stderr).toContain("token ***");
    expect(run.stdout + run.stderr).not.toContain("correct-horse");
  });

  it("stops the job over there when the command is interrupted", async () => {
    await using platform = await startPlatform();
    await using project = await copyProject("examples/project-executor");
    await platform.configure(project);
    await project.write(
      "wait.job.ts",
      `export default shellJob({ command: "echo waiting; sleep 60" });`,
    );

    const run = await interruptAfter("waiting", project, [
      "run",
      "wait.job.ts",
      "--run-id",
      "waits",
    ]);

    expect(run.code).toBe(130);
    expect(await outcomeOf(project, "waits")).toMatchObject({ status: "cancelled" });
    expect(await readdir(platform.directory)).toEqual([]);
  });

  it("is found again by another command", async () => {
    await using platform = await startPlatform();
    await using project = await copyProject("examples/project-executor");
    await platform.configure(project);
    await project.write(
      "slow.job.ts",
      `export default shellJob({ command: "sleep 0.3; echo done; exit 4" });`,
    );

    const run = await project.runnable(["run", "slow.job.ts", "--detach"]);
    const attach = await project.runnable(["attach", "latest"]);

    expect(run.code).toBe(0);
    expect(attach).toMatchObject({ code: 4, stdout: "done\n" });
    expect(await readdir(platform.directory)).toEqual([]);
  });

  it("says what to do when the service is not there", async () => {
    await using platform = await startPlatform();
    await using project = await copyProject("examples/project-executor");
    await platform.configure(project);
    await platform[Symbol.asyncDispose]();

    const run = await project.runnable(["run", "mandelbrot.job.ts"]);

    expect(run.code).toBe(75);
    expect(run.stderr).toContain("does not answer");
    expect(run.stderr).toContain("api_endpoint");
  });
});

interface Platform extends AsyncDisposable {
  readonly directory: string;
  readonly configure: (project: CopiedProject) => Promise<void>;
}

async function startPlatform(): Promise<Platform> {
  const directory = await mkdtemp(path.join(tmpdir(), "my-platform-test-"));
  const server = createJobService(directory);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const section = { type: "my-platform", config: { api_endpoint: `http://127.0.0.1:${port}` } };
  return {
    directory,
    configure: (project) =>
      writeFile(project.path("runnable-config.yaml"), JSON.stringify({ "job-executor": section })),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function interruptAfter(
  text: string,
  project: CopiedProject,
  args: readonly string[],
): Promise<{ readonly code: number | null }> {
  const [program, argv, options] = runnableArguments(project.directory, args);
  const child = spawn(program, argv, options);
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => {
    output += chunk.toString();
    if (output.includes(text)) child.kill("SIGINT");
  });
  return new Promise((resolve) => child.once("close", (code) => resolve({ code })));
}

async function outcomeOf(project: CopiedProject, runId: string): Promise<unknown> {
  const file = project.path(path.join(".run_log_store", runId, "outcome.json"));
  return JSON.parse(await readFile(file, "utf8"));
}
