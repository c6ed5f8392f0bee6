import { describe, expect, it } from "vitest";

import { makeProject, type JobProject } from "../support/job-project.ts";

const imports = `import { defineJob, shellJob } from "@runnable/core";\n`;
/** Resolves when the job is asked to end; a timer keeps the process alive. */
const stopped = `function stopped(signal) {
  const timer = setInterval(() => {}, 1000);
  return new Promise((done) => signal.addEventListener("abort", () => { clearInterval(timer); done(); }));
}`;
const isolated = "job-executor: { type: local, config: { isolated: true } }\n";
const places: readonly (readonly [string, readonly string[]])[] = [
  ["local", ["-e", "local"]],
  ["local, isolated", ["-c", "isolated.yaml"]],
  ["emulator", ["-e", "emulator"]],
];

function project(files: { readonly [name: string]: string }): Promise<JobProject> {
  return makeProject({ "isolated.yaml": isolated, ...files });
}

describe.each(places)("a job that ends in its own way, on %s", (_place, args) => {
  it.each([
    ["process.exit(3)", `process.stdout.write("last words\\n"); process.exit(3);`, 3],
    [
      "process.exit(0) before it returned",
      `process.stdout.write("last words\\n"); process.exit(0);`,
      1,
    ],
    ["an error", `console.log("last words"); throw new Error("gone wrong");`, 1],
    [
      "an error with an exit code",
      `console.log("last words"); throw Object.assign(new Error("gone wrong"), { exitCode: 9 });`,
      9,
    ],
    [
      "a rejection that nobody handles",
      `console.log("last words"); Promise.reject(new Error("gone wrong")); await new Promise((done) => setTimeout(done, 20_000));`,
      1,
    ],
    [
      "an error in a callback",
      `console.log("last words"); setTimeout(() => { throw "gone wrong"; }, 5); await new Promise((done) => setTimeout(done, 20_000));`,
      1,
    ],
    ["exit code 78 of its own", `console.log("last words"); process.exit(78);`, 78],
  ])(
    "by %s: the exit code is passed on, output and outcome are recorded",
    async (_, body, exitCode) => {
      await using p = await project({
        "my.job.ts": `${imports}export default defineJob({ async run() { ${body} } });`,
      });

      const end = await p.runnable(["run", "my.job.ts", ...args]);

      expect(end.code, end.stderr).toBe(exitCode);
      const { outcome, attempts } = await p.shown();
      expect(outcome).toMatchObject({ status: "failed", cause: "user_error", exitCode });
      expect(attempts).toHaveLength(1);
      expect((await p.runnable(["logs", "latest"])).stdout).toBe("last words\n");
    },
  );

  it("by a command's exit code or signal", async () => {
    await using p = await project({
      "jobs.ts": `${imports}export const code = shellJob({ command: "exit 7" });
export const signal = shellJob({ command: "kill -TERM $$" });`,
    });

    expect((await p.runnable(["run", "jobs.ts#code", ...args])).code).toBe(7);
    expect((await p.runnable(["run", "jobs.ts#signal", ...args])).code).toBe(143);
    expect((await p.shown()).outcome).toMatchObject({
      status: "failed",
      exitCode: 143,
      signal: "SIGTERM",
    });
  });
});

it("a rejection that nobody handles is shown once, in the summary", async () => {
  await using p = await project({
    "my.job.ts": `${imports}export default defineJob({ async run() {
  Promise.reject(new Error("gone wrong"));
  await new Promise((done) => setTimeout(done, 20_000));
} });`,
  });

  const end = await p.runnable(["run", "my.job.ts"]);

  expect(end.code).toBe(1);
  expect(end.stderr.match(/gone wrong/g)).toHaveLength(1);
});

describe("retries", () => {
  it("try a cause that another attempt can mend; returns and files are those of the last", async () => {
    await using p = await project({
      "my.job.ts": `${imports}import { writeFileSync } from "node:fs";
${stopped}
export default defineJob({
  timeout: 1,
  retries: { limit: 2, causes: ["timeout"] },
  catalog: { put: ["attempt.txt"] },
  async run({ attempt, signal }) {
    writeFileSync("attempt.txt", String(attempt));
    console.log("attempt " + attempt);
    if (attempt === 1) await stopped(signal);
    return { attempt };
  },
});`,
    });

    const result = await p.run(["my.job.ts", "-e", "emulator"]);

    expect(result).toMatchObject({ status: "succeeded", attempt: 2, returns: { attempt: 2 } });
    const { attempts } = await p.shown();
    expect(attempts.map(({ outcome }) => outcome.cause)).toEqual(["timeout", undefined]);
    expect((await p.runnable(["logs", "latest"])).stdout).toBe("attempt 1\nattempt 2\n");
    await p.runnable(["catalog", "get", "latest", "--to", "got"]);
    expect(await p.read("got/attempt.txt")).toBe("2");
  });

  it("leave a cause alone that they do not name", async () => {
    await using p = await project({
      "my.job.ts": `${imports}export default defineJob({ retries: { limit: 3, causes: ["oom"] }, run() { throw new Error("mine"); } });`,
    });

    const result = await p.run(["my.job.ts", "-e", "emulator"]);

    expect(result).toMatchObject({ status: "failed", attempt: 1, cause: "user_error" });
    expect((await p.shown()).attempts).toHaveLength(1);
  });

  it("end with the deadline of all attempts", async () => {
    await using p = await project({
      "my.job.ts": `${imports}${stopped}
export default defineJob({ timeout: 30, deadline: 3, retries: { limit: 9, causes: ["user_error", "timeout"] }, async run({ attempt, signal }) {
  if (attempt > 1) await stopped(signal);
  throw new Error("again");
} });`,
    });

    const end = await p.runnable(["run", "my.job.ts", "-e", "emulator"]);

    expect(end.code).not.toBe(0);
    const { outcome, attempts } = await p.shown();
    expect(outcome).toMatchObject({ status: "failed" });
    expect(attempts.length).toBeLessThanOrEqual(3);
  });
});

describe("mock", () => {
  it.each(["local", "emulator"])("records a success and runs nothing, on %s", async (type) => {
    await using p = await project({
      "mock.yaml": `job-executor: { type: ${type}, config: { mock: true } }\n`,
      "my.job.ts": `${imports}export default defineJob({ returns: ["x"], run() { throw new Error("it ran"); } });`,
    });

    const result = await p.run(["my.job.ts", "-c", "mock.yaml"]);

    expect(result).toMatchObject({ status: "succeeded", exitCode: 0, returns: {} });
    expect(await p.shown()).toMatchObject({ state: "succeeded", run: { mock: true } });
  });
});
