import { describe, expect, it } from "vitest";

import { expectRefusal } from "../support/expect-refusal.ts";
import { makeProject, type JobProject } from "../support/job-project.ts";

const jobs = `import { defineJob, shellJob } from "@runnable/core";
export const fine = shellJob({ command: 'echo said; echo loud >&2; echo "n=1" >> "$RUNNABLE_OUTPUT"; echo x > kept.txt', catalog: { put: ["kept.txt"] } });
export const failing = shellJob({ command: 'echo "attempt $RUNNABLE_ATTEMPT"; exit 4' });
export const waiting = defineJob({ async run({ signal }) {
  console.log("begun");
  const timer = setInterval(() => {}, 1000);
  await new Promise((done) => signal.addEventListener("abort", done));
  clearInterval(timer);
} });`;

function project(): Promise<JobProject> {
  return makeProject({ "jobs.ts": jobs });
}

describe("looking back at runs", () => {
  it("names them by id, by a unique beginning, and by `latest`", async () => {
    await using p = await project();
    for (const id of ["alpha-1", "alpha-2", "beta"]) await p.run(["jobs.ts#fine", "--run-id", id]);

    const ids = await Promise.all(
      ["alpha-1", "b", "latest"].map(async (word) => (await p.shown(word)).runId),
    );
    const ambiguous = await p.runnable(["runs", "show", "alpha"]);
    const unknown = await p.runnable(["logs", "gamma"]);

    expect(ids).toEqual(["alpha-1", "beta", "beta"]);
    expectRefusal(ambiguous, { exitCode: ambiguous.code, codes: ["RUN_AMBIGUOUS"] });
    expect(ambiguous.stderr).toMatch(/alpha-1.*alpha-2/s);
    expect(ambiguous.code).not.toBe(0);
    expectRefusal(unknown, { exitCode: unknown.code, codes: ["RUN_NOT_FOUND"] });
    expect(unknown.code).not.toBe(0);
  });

  it("lists the newest first, for people and as JSON", async () => {
    await using p = await project();
    await p.run(["jobs.ts#fine", "--run-id", "first", "--tag", "nightly"]);
    await p.run(["jobs.ts#failing", "--run-id", "second", "-e", "emulator"]);

    const people = await p.runnable(["runs"]);
    const json = await p.json(["runs", "list"]);
    const one = await p.json(["runs", "list", "--limit", "1"]);

    expect(people.stdout).toMatch(/second.*\n.*first/);
    expect(json).toMatchObject([
      { runId: "second", status: "failed", executor: "emulator" },
      { runId: "first", status: "succeeded", executor: "local", tag: "nightly" },
    ]);
    expect(one).toMatchObject([{ runId: "second" }]);
  });

  it("shows a run, its output on the two streams, and its files", async () => {
    await using p = await project();
    await p.run(["jobs.ts#fine", "--run-id", "one", "-e", "emulator"]);

    const shown = await p.runnable(["runs", "show", "one"]);
    const logs = await p.runnable(["logs", "one", "-f"]);
    const files = await p.runnable(["catalog", "list", "one"]);
    const got = await p.runnable(["catalog", "get", "one", "*.txt", "--to", "to"]);
    const none = await p.runnable(["catalog", "get", "one", "*.csv", "--to", "to"]);

    expect(shown.stdout).toContain("succeeded");
    expect(logs).toMatchObject({ code: 0, stdout: "said\n", stderr: "loud\n" });
    expect(files.stdout).toContain("kept.txt");
    expect(got.code).toBe(0);
    expect(await p.read("to/kept.txt")).toBe("x\n");
    expectRefusal(none, { exitCode: none.code, codes: ["CATALOG_UNMATCHED"] });
  });

  it("reads the stores of the configuration that is given, from any directory", async () => {
    await using p = await project();
    await p.write("other/package.json", "{}");
    await p.write(
      "other/runnable-config.yaml",
      "run-log-store: { type: chunked-fs, config: { log_folder: logs } }\n",
    );
    await p.run(["jobs.ts#fine", "-c", "other/runnable-config.yaml", "--run-id", "far"]);

    const given = await p.runnable(["runs", "show", "far", "-c", "other/runnable-config.yaml"]);
    const found = await p.runnable(["-C", "other", "runs", "show", "latest"]);

    expect(given.code, given.stderr).toBe(0);
    expect(found.code, found.stderr).toBe(0);
    expect(p.has("other/logs/far/run.json")).toBe(true);
    expect((await p.runnable(["runs", "show", "far"])).code).not.toBe(0);
  });
});

describe.each([["emulator"], ["local"]])("a detached run, on %s", (executor) => {
  it("is followed by `attach`, which ends with its exit code", async () => {
    await using p = await project();

    const submitted = await p.json([
      "run",
      "jobs.ts#failing",
      "-d",
      "--run-id",
      "far",
      "-e",
      executor,
    ]);
    const attached = await p.runnable(["attach", "fa"]);
    const again = await p.json(["attach", "latest"]);

    expect(submitted).toEqual({ runId: "far", status: "submitted" });
    expect(attached).toMatchObject({ code: 4, stdout: "attempt 1\n" });
    expect(again).toMatchObject({ runId: "far", status: "failed", exitCode: 4 });
  });

  it("is stopped by `cancel`", async () => {
    await using p = await project();
    await p.runnable(["run", "jobs.ts#waiting", "-d", "--run-id", "far", "-e", executor]);

    const cancelled = await p.runnable(["cancel", "far"]);
    const again = await p.runnable(["cancel", "far"]);
    const attached = await p.runnable(["attach", "far"]);

    expect(cancelled.code, cancelled.stderr).toBe(0);
    expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining("had ended before") });
    expect(attached.code).toBe(130);
    expect((await p.shown()).outcome).toMatchObject({ status: "cancelled", exitCode: 130 });
  });
});

describe("`retry`", () => {
  it.each(["local", "emulator"])(
    "makes the next attempt of the same run, on %s",
    async (executor) => {
      await using p = await project();
      await p.run(["jobs.ts#failing", "--run-id", "again", "-e", executor]);

      const retried = await p.runnable(["retry", "again"]);

      expect(retried).toMatchObject({ code: 4, stdout: "attempt 2\n" });
      const { attempts, outcome } = await p.shown("again");
      expect(attempts).toHaveLength(2);
      expect(outcome).toMatchObject({ attempt: 2, exitCode: 4 });
      expect((await p.runnable(["logs", "again", "--attempt", "1"])).stdout).toBe("attempt 1\n");
      const third = await p.runnable(["logs", "again", "--attempt", "3"]);
      expect(third).toMatchObject({ code: 1, stdout: "" });
      expect(third.stderr).toContain("run again has no attempt 3");
    },
  );

  it("refuses what has succeeded, and code that has changed; --rerun makes a new run", async () => {
    await using p = await project();
    await p.run(["jobs.ts#fine", "--run-id", "good"]);
    await p.run(["jobs.ts#failing", "--run-id", "bad"]);
    await p.write("jobs.ts", `${jobs}\n// changed\n`);

    const good = await p.runnable(["retry", "good"]);
    const bad = await p.runnable(["retry", "bad"]);
    const rerun = await p.json(["retry", "bad", "--rerun"]);

    expectRefusal(good, { exitCode: good.code, codes: ["RUN_SUCCEEDED"] });
    expectRefusal(bad, { codes: ["CODE_CHANGED"] });
    expect(rerun).toMatchObject({ status: "failed", exitCode: 4, attempt: 1 });
    expect(rerun).not.toMatchObject({ runId: "bad" });
  });
});
