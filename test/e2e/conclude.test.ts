import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { userInfo } from "node:os";

import { describe, expect, it } from "vitest";

import { makeProject, type JobProject } from "../support/job-project.ts";

const jobs = `import { shellJob } from "@runnable/core";
const command = 'echo said; echo n=1 >> "$RUNNABLE_OUTPUT"; echo x > kept.txt';
export const fine = shellJob({ command, catalog: { put: ["kept.txt"] } });
export const failing = shellJob({ command: "exit 4" });
export const waiting = shellJob({ command: "touch began; sleep 600" });
`;

interface Placed {
  readonly project: JobProject;
  /** Options that name the configuration. */
  readonly config: readonly string[];
  /** A directory of the test's own, which the emulator takes for the system's. */
  readonly environment: { readonly TMPDIR: string };
  readonly submit: (job: string, runId: string) => Promise<void>;
  /** Names of what is left: journal, stages, directories of the platform. */
  readonly left: () => Promise<readonly string[]>;
}

async function placed(storage: string): Promise<Placed & AsyncDisposable> {
  const project = await makeProject({
    "jobs.ts": jobs,
    "far.yaml": `job-executor: { type: emulator, config: { storage: ${storage} } }\n`,
    "tmp/.keep": "",
  });
  const environment = { TMPDIR: project.path("tmp") };
  const config = ["-c", "far.yaml"];
  const platform = `tmp/runnable-${userInfo().uid}`;
  return {
    project,
    config,
    environment,
    submit: async (job, runId) => {
      const end = await project.runnable(
        ["run", `jobs.ts#${job}`, "-d", "--run-id", runId, ...config],
        environment,
      );
      expect(end.code, end.stderr).toBe(0);
      if (job !== "waiting") await untilOver(project.path(platform), runId);
    },
    left: async () => {
      const places = [".runnable/submissions", ".runnable/stage", platform];
      const names = places.map((place) => readdir(project.path(place)).catch(() => []));
      return (await Promise.all(names)).flat();
    },
    [Symbol.asyncDispose]: () => project[Symbol.asyncDispose](),
  };
}

/** Until the emulator's process of that run has ended. */
async function untilOver(platform: string, runId: string): Promise<void> {
  await expect
    .poll(async () => {
      const name = (await readdir(platform)).find((one) => one.startsWith(`rn-${runId}-`));
      return existsSync(`${platform}/${name}/exit`);
    })
    .toBe(true);
}

describe.each(["same-path", "relay"])("a detached run that is over, storage %s", (storage) => {
  it.each([
    ["runs show", ["runs", "show", "far"], /succeeded/],
    ["logs", ["logs", "far"], /^said\n$/],
    ["logs -f", ["logs", "far", "-f"], /^said\n$/],
    ["catalog list", ["catalog", "list", "far"], /kept\.txt/],
    ["cancel", ["cancel", "far"], /had ended before \(succeeded\)/],
  ])("is concluded by `%s`, which leaves nothing behind", async (_, words, told) => {
    await using p = await placed(storage);
    await p.submit("fine", "far");

    const end = await p.project.runnable([...words, ...p.config], p.environment);

    expect(end.code, end.stderr).toBe(0);
    expect(end.stdout).toMatch(told);
    expect(await p.left()).toEqual([]);
    expect((await p.project.shown("far")).outcome).toMatchObject({ returns: { n: 1 } });
    const logs = await p.project.runnable(["logs", "far", ...p.config], p.environment);
    expect(logs.stdout).toBe("said\n");
  });

  it("is concluded by `runs list` after the page is out", async () => {
    await using p = await placed(storage);
    await p.submit("fine", "far");

    const list = await p.project.runnable(["runs", ...p.config], p.environment);

    expect(list.stdout).toContain("far");
    expect(await p.left()).toEqual([]);
    expect((await p.project.shown("far")).state).toBe("succeeded");
  });

  it("is concluded once by several who look at once", async () => {
    await using p = await placed(storage);
    await p.submit("fine", "far");

    const looks = await Promise.all(
      [["runs"], ["runs", "show", "far"], ["attach", "far"], ["logs", "far", "-f"]].map((words) =>
        p.project.runnable([...words, ...p.config], p.environment),
      ),
    );

    expect(looks.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
    expect(await p.left()).toEqual([]);
    expect((await p.project.shown("far")).outcome).toMatchObject({ status: "succeeded" });
    const logs = await p.project.runnable(["logs", "far", ...p.config], p.environment);
    expect(logs.stdout).toBe("said\n");
  });

  it("is concluded before `retry` makes its next attempt", async () => {
    await using p = await placed(storage);
    await p.submit("failing", "far");

    const retried = await p.project.runnable(["retry", "far", ...p.config], p.environment);

    expect(retried.code, retried.stderr).toBe(4);
    expect(await p.left()).toEqual([]);
    expect((await p.project.shown("far")).outcome).toMatchObject({ attempt: 2, exitCode: 4 });
  });
});

describe("a detached run that is over, whose run log only its job sees", () => {
  it("has its outcome when it is looked at, and keeps its output on the platform until that is read", async () => {
    await using p = await placed("separate");
    await p.submit("fine", "far");

    const shown = await p.project.runnable(["runs", "show", "far", ...p.config], p.environment);
    const kept = await p.left();
    const logs = await p.project.runnable(["logs", "far", ...p.config], p.environment);
    const again = await p.project.runnable(["logs", "far", ...p.config], p.environment);

    expect(shown.stdout).toContain("succeeded");
    expect(kept).toHaveLength(2);
    expect(logs).toMatchObject({ code: 0, stdout: "said\n" });
    expect(again.stderr).toContain("LOGS_UNREACHABLE");
    expect(await p.left()).toEqual(["far.json"]);
  });
});

it("a detached run that goes on is left alone by whoever looks", async () => {
  await using p = await placed("relay");
  await p.submit("waiting", "far");

  const shown = await p.project.runnable(["runs", "show", "far", ...p.config], p.environment);
  const list = await p.project.json(["runs", ...p.config]);
  const cancelled = await p.project.runnable(["cancel", "far", ...p.config], p.environment);

  expect(shown.stdout).toContain("submitted");
  expect(list).toMatchObject([{ runId: "far", status: "submitted" }]);
  expect(cancelled.code, cancelled.stderr).toBe(0);
  expect((await p.project.shown("far")).state).toBe("cancelled");
  expect(await p.left()).toEqual([]);
});
