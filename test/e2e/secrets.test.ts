import { readdir, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { describe, expect, it, vi } from "vitest";

import { filesWith, makeProject, type JobProject } from "../support/job-project.ts";

const value = "s3cret-Vallue/+é";
const forms = [value, Buffer.from(value).toString("base64"), encodeURIComponent(value)];

const job = `import { defineJob } from "@runnable/core";
export default defineJob({
  secrets: ["TOKEN"],
  catalog: { put: ["kept.txt"] },
  async run({ secrets, progress, log, metric, parameters }) {
    const { writeFileSync } = await import("node:fs");
    const { TOKEN } = secrets;
    writeFileSync("kept.txt", "length " + TOKEN.length);
    process.stdout.write("whole " + TOKEN + "\\n");
    for (const byte of Buffer.from("split " + TOKEN + "\\n")) {
      process.stdout.write(Buffer.of(byte));
      process.stderr.write(Buffer.of(byte));
      await new Promise((done) => setTimeout(done, 2));
    }
    console.error("base64 " + Buffer.from(TOKEN).toString("base64"), "url " + encodeURIComponent(TOKEN));
    progress(1, 2, "label " + TOKEN);
    log("logged", { token: TOKEN });
    metric("metric " + TOKEN, 1);
    if (parameters.end === "return") return { token: TOKEN, ["key " + TOKEN]: [TOKEN], n: 1 };
    if (parameters.end === "exit") process.exit(3);
    const error = new Error("message " + TOKEN, { cause: new Error("cause " + TOKEN) });
    if (parameters.end === "throw") throw error;
    setTimeout(() => { throw Object.assign(error, { detail: TOKEN }); }, 1);
    await new Promise((done) => setTimeout(done, 20_000));
  },
});`;

const isolated = "type: local, config: { isolated: true }";
const relay = "type: emulator, config: { storage: relay }";

/** Nothing in the project or on the terminal shows the secret, in any form. */
async function expectNowhere(project: JobProject, printed: string): Promise<void> {
  for (const form of forms) {
    expect(printed).not.toContain(form);
    expect((await project.filesWith(form)).filter((file) => file !== ".env")).toEqual([]);
  }
}

describe("a secret comes to the job and is redacted wherever it would show", () => {
  it.each([
    ["type: local", "return", 0],
    ["type: local", "throw", 1],
    ["type: local", "exit", 3],
    ["type: local", "crash", 1],
    [isolated, "crash", 1],
    ["type: emulator", "return", 0],
    ["type: emulator", "throw", 1],
    [relay, "return", 0],
    [relay, "exit", 3],
  ])("on `%s`, whose job ends by %s", async (executor, end, exitCode) => {
    await using project = await makeProject({
      "my.job.ts": job,
      "runnable-config.yaml": `job-executor: { ${executor} }\nsecrets: { type: dotenv }\n`,
      ".env": `TOKEN="${value}"\n`,
    });

    const ended = await project.runnable(["run", "my.job.ts", "-p", `end=${end}`]);
    const logs = await project.runnable(["logs", "latest"]);
    const shown = await project.runnable(["runs", "show", "latest"]);

    expect(ended.code, ended.stderr).toBe(exitCode);
    expect(shown.code, shown.stderr).toBe(0);
    expect(ended.stdout).toContain("whole ***\nsplit ***\n");
    expect(logs.stdout).toContain("whole ***\nsplit ***\n");
    expect(logs.stderr).toContain("base64 *** url ***");
    const printed = [ended, logs, shown].map(({ stdout, stderr }) => stdout + stderr).join("");
    await expectNowhere(project, printed);
  });
});

describe("a secret", () => {
  it("is redacted in the last line of JSON and in what executeJob gives", async () => {
    await using project = await makeProject({
      "my.job.ts": job,
      "main.ts": `import job from "./my.job.ts";
import { executeJob } from "@runnable/core";
const { returns, metrics } = await executeJob(job, { parameters: { end: "return" } });
console.log(JSON.stringify({ returns, metrics }));`,
    });

    const json = await project.run(["my.job.ts", "-p", "end=return"], { TOKEN: value });
    const inCode = await project.node(["main.ts"], { TOKEN: value });

    const redacted = { token: "***", "key ***": ["***"], n: 1 };
    expect(json).toMatchObject({ returns: redacted });
    expect(inCode.stdout.trimEnd().split("\n").at(-1)).toBe(
      JSON.stringify({ returns: redacted, metrics: { "metric ***": 1, n: 1 } }),
    );
    await expectNowhere(project, inCode.stdout + inCode.stderr);
  });

  it.each(["local", "emulator"])(
    "that a command prints is redacted too, on %s",
    async (executor) => {
      await using project = await makeProject({
        "my.job.ts": `import { shellJob } from "@runnable/core";
export default shellJob({ secrets: ["TOKEN"], command: 'printf s3cret-; sleep 0.2; printf "%s\\n" "\${TOKEN#s3cret-}"; echo "token=$TOKEN" >> "$RUNNABLE_OUTPUT"' });`,
      });

      const end = await project.runnable(["run", "my.job.ts", "-e", executor], { TOKEN: value });

      expect(end.code, end.stderr).toBe(0);
      expect(end.stdout).toBe("***\n");
      expect((await project.shown()).outcome).toMatchObject({ returns: { token: "***" } });
      await expectNowhere(project, end.stdout + end.stderr);
    },
  );

  it("is not in a plan, whose making does not need its value", async () => {
    await using project = await makeProject({ "my.job.ts": job });

    const without = await project.runnable(["plan", "my.job.ts", "-e", "emulator", "--json"]);
    const having = await project.runnable(["plan", "my.job.ts", "-e", "emulator"], {
      TOKEN: value,
    });

    expect(without.code, without.stderr).toBe(0);
    expect(without.stdout).toContain("TOKEN");
    await expectNowhere(project, having.stdout + having.stderr);
  });

  it("does not come to a job that did not declare it, across a process border", async () => {
    await using project = await makeProject({
      "my.job.ts": `import { defineJob } from "@runnable/core";
export default defineJob({ run: ({ secrets }) => ({ environment: process.env.TOKEN ?? "", given: secrets.TOKEN ?? "" }) });`,
    });

    const result = await project.run(["my.job.ts", "-e", "emulator"], { TOKEN: value });

    expect(result).toMatchObject({ returns: { environment: "", given: "" } });
  });

  it("is nowhere on disk or in a command line while the job runs", async () => {
    await using project = await makeProject({
      "my.job.ts": `import { defineJob } from "@runnable/core";
export default defineJob({ secrets: ["TOKEN"], async run({ secrets, signal }) {
  console.log("has " + secrets.TOKEN.length);
  const timer = setInterval(() => {}, 1000);
  await new Promise((done) => signal.addEventListener("abort", done));
  clearInterval(timer);
} });`,
    });

    await project.runnable(["run", "my.job.ts", "-e", "emulator", "-d", "--run-id", "far"], {
      TOKEN: value,
    });
    await vi.waitUntil(async () => (await project.runnable(["logs", "far"])).stdout !== "", {
      timeout: 20_000,
    });
    const { name } = (await project.shown("far")).run["executor"] as { readonly name: string };
    const inProject = await project.filesWith(value);
    const inAttempt = await filesWith(
      path.join(tmpdir(), `runnable-${process.getuid?.()}`, name),
      value,
    );
    const inCommandLines = await commandLinesWith(value);
    await project.runnable(["cancel", "far"]);

    expect({ inProject, inAttempt, inCommandLines }).toEqual({
      inProject: [],
      inAttempt: [],
      inCommandLines: [],
    });
    expect((await project.runnable(["logs", "far"])).stdout).toBe(`has ${value.length}\n`);
  });
});

async function commandLinesWith(text: string): Promise<readonly string[]> {
  const pids = (await readdir("/proc")).filter((entry) => /^\d+$/.test(entry));
  const lines = await Promise.all(
    pids.map((pid) => readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")),
  );
  return lines.filter((line) => line.includes(text));
}
