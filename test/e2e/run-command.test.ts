import { beforeAll, describe, expect, it } from "vitest";

import { installProject, type PackedProject } from "./packed.ts";

const files = {
  "sum.job.ts": `import { defineJob } from "@runnable/core";
export default defineJob({
  returns: ["sum"],
  catalog: { put: ["out/*.txt"] },
  async run({ parameters, progress, log }) {
    const { mkdir, writeFile } = await import("node:fs/promises");
    console.log("counting");
    log("on the way");
    progress(1, 2, "halves");
    await mkdir("out", { recursive: true });
    await writeFile("out/sum.txt", "sum");
    return { sum: Number(parameters.a ?? 1) + Number(parameters.b ?? 1) };
  },
});
`,
  "several.job.mts": `import { defineJob } from "@runnable/core";
export const one = defineJob({ run: () => ({ one: 1 }) });
export const two = defineJob({ run: () => ({ two: 2 }) });
`,
  "plain.job.cjs": `const { defineJob } = require("@runnable/core");
module.exports = defineJob({ run: () => ({ commonjs: true }) });
`,
  "slow.job.ts": `import { defineJob } from "@runnable/core";
export default defineJob({
  async run() {
    console.log("begun");
    await new Promise((resolve) => setTimeout(resolve, 60_000));
  },
});
`,
  "exits.job.ts": `import { defineJob } from "@runnable/core";
export default defineJob({ run: () => process.exit(3) });
`,
  "parameters.yaml": "a: 20\nb: 2\n",
  "two-sections.yaml": `job-executor: { type: local }
job-executors: { emulator: { config: { storage: relay } } }
`,
  "nested/twice.job.ts": `import { defineJob } from "@runnable/core";
export default defineJob({ name: "twice", run: () => ({ done: true }) });
`,
};

let project: PackedProject;

beforeAll(async () => {
  project = await installProject(files);
  return () => project[Symbol.asyncDispose]();
}, 240_000);

/** The one line of `--json`, and how the command ended. */
async function runJson(...args: readonly string[]): Promise<{ [key: string]: unknown }> {
  const { stdout } = await project.run(["run", ...args, "--json"]);
  return JSON.parse(stdout) as { [key: string]: unknown };
}

describe.each(["local", "emulator"])("runnable run on %s", (executor) => {
  it("ends with one line of JSON, and sends the job's own output to standard error", async () => {
    const { code, stdout, stderr } = await project.run([
      "run",
      "sum.job.ts",
      "--json",
      "-e",
      executor,
      "--parameters",
      "parameters.yaml",
      "-p",
      "b=22",
    ]);

    expect(code, stderr).toBe(0);
    expect(stdout.split("\n")).toHaveLength(2);
    expect(JSON.parse(stdout)).toEqual({
      runId: expect.stringMatching(/^\d{8}-/),
      status: "succeeded",
      cause: null,
      exitCode: 0,
      attempt: 1,
      returns: { sum: 42 },
      metrics: { sum: 42 },
      catalog: [
        { path: "out/sum.txt", digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/), bytes: 3 },
      ],
    });
    expect(stderr).toMatch(/^counting$/m);
    expect(stderr).toContain("on the way");
  });

  it("keeps standard output for the job, and tells the rest on standard error", async () => {
    const { code, stdout, stderr } = await project.run(["run", "sum.job.ts", "-e", executor]);

    expect(code, stderr).toBe(0);
    expect(stdout).toBe("counting\n");
    expect(stderr).toMatch(/✓ sum succeeded in/);
    expect(stderr).toContain("out/sum.txt");
    expect(stderr).toContain(project.path(".catalog"));
  });

  it("takes the export after #, and CommonJS", async () => {
    const [named, plain] = await Promise.all([
      runJson("several.job.mts#two", "-e", executor),
      runJson("plain.job.cjs", "-e", executor),
    ]);

    expect(named["returns"]).toEqual({ two: 2 });
    expect(plain["returns"]).toEqual({ commonjs: true });
  });

  it("tells the end of a job that ends its process, too", async () => {
    const { code, stdout } = await project.run(["run", "exits.job.ts", "-e", executor, "--json"]);

    expect(code).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({
      status: "failed",
      cause: "user_error",
      exitCode: 3,
    });
  });

  it("refuses a run id that was used", async () => {
    const id = `mine-${executor}`;
    const first = await runJson("nested/twice.job.ts", "-e", executor, "--run-id", id);
    const second = await project.run([
      "run",
      "nested/twice.job.ts",
      "-e",
      executor,
      "--run-id",
      id,
    ]);

    expect(first["runId"]).toBe(id);
    expect(second.code).toBe(78);
    expect(second.stderr).toContain("error[RUN_ID_USED]");
  });
});

it("says which settings --executor found", async () => {
  const own = await project.run(["run", "sum.job.ts", "-e", "emulator", "-c", "two-sections.yaml"]);
  const none = await project.run(["run", "sum.job.ts", "-e", "emulator"]);

  expect(own.stderr).toContain("executor emulator, with the settings of job-executors.emulator");
  expect(none.stderr).toContain("executor emulator, with its defaults");
});

it("proposes commands that work as they stand", async () => {
  const env = { npm_config_user_agent: "npm/11.0.0 node/v24.0.0 linux x64" };
  const { stderr } = await project.run(["-C", "nested", "run", "twice.job.ts"], { env });
  const commands = [...stderr.matchAll(/^ {4}(npx runnable .*?)(?: {2}|$)/gm)].map(
    ([, text = ""]) => text,
  );

  expect(commands).toHaveLength(2);
  for (const command of commands) {
    const { code, stdout, stderr: said } = await project.shell(command);

    expect(code, said).toBe(0);
    expect(stdout + said).toContain("twice");
  }
});

it("returns at once with --detach, and `attach` follows the run to its end", async () => {
  const submitted = await project.run(["run", "sum.job.ts", "--detach", "-e", "emulator"]);
  const runId = submitted.stdout.trim();
  const attached = await project.run(["attach", runId, "--json"]);
  const asJson = await runJson("nested/twice.job.ts", "--detach");

  expect(submitted.code, submitted.stderr).toBe(0);
  expect(submitted.stderr).toContain("runnable attach ");
  expect(attached.stdout, attached.stderr).toContain(`"runId":"${runId}","status":"succeeded"`);
  expect(asJson).toEqual({ runId: expect.any(String), status: "submitted" });
});

describe("an interrupt", () => {
  const argv = ["run", "slow.job.ts", "-e", "emulator", "--json", "--run-id"] as const;

  it("stops the run, a second one kills it", async () => {
    await using command = project.start([...argv, "interrupted"]);
    await command.said("begun");
    command.signal("SIGINT");
    await command.said("interrupt again to kill it");
    command.signal("SIGINT");
    const { code, stdout } = await command.ended;

    expect(code).toBe(130);
    expect(JSON.parse(stdout)).toMatchObject({
      status: "cancelled",
      cause: "cancelled",
      exitCode: 130,
    });
  });

  it("leaves the run alone at the third", async () => {
    await using command = project.start([...argv, "left"]);
    await command.said("begun");
    command.signal("SIGINT");
    await command.said("interrupt again to kill it");
    command.signal("SIGINT");
    await command.said("interrupt again to leave it");
    command.signal("SIGINT");
    const { code, stdout } = await command.ended;
    const attached = await project.run(["attach", "left", "--json"]);

    expect(code).toBe(130);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: "RUN_LEFT" } });
    expect(attached.stdout).toContain('"status":"cancelled"');
  });
});

describe("a command line that can't be right", () => {
  it.each([
    ["no job file", ["run", "nope.ts"], 78, "error[JOB_FILE_MISSING]: there is no file nope.ts"],
    ["a directory", ["run", "nested"], 78, "error[JOB_FILE_UNSUPPORTED]: nested is a directory"],
    ["no JavaScript", ["run", "parameters.yaml"], 78, "error[JOB_FILE_UNSUPPORTED]"],
    ["an export that is not there", ["run", "several.job.mts#three"], 78, "error[JOB_NOT_FOUND]"],
    ["no directory for -C", ["-C", "nowhere", "run", "sum.job.ts"], 2, "no directory nowhere"],
    ["an unknown option", ["run", "sum.job.ts", "--detatch"], 2, "--detach"],
    ["an unknown executor", ["run", "sum.job.ts", "-e", "locale"], 78, "local"],
  ])("is refused: %s", async (_, argv, code, words) => {
    const end = await project.run(argv);

    expect(end.stderr).toContain(words);
    expect(end.code).toBe(code);
    expect(end.stdout).toBe("");
  });
});
