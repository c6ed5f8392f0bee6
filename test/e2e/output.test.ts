import { spawn } from "node:child_process";
import { createCipheriv, createHash } from "node:crypto";
import { readFileSync } from "node:fs";

import { describe, expect, it } from "vitest";

import { runnableArguments } from "../support/copied-project.ts";
import { makeProject } from "../support/job-project.ts";

const mebibytes = 100;
const producer = `import { createCipheriv } from "node:crypto";
import { writeSync } from "node:fs";
const cipher = createCipheriv("aes-128-ctr", Buffer.alloc(16), Buffer.alloc(16));
for (let i = 0; i < ${mebibytes}; i += 1) {
  const bytes = cipher.update(Buffer.alloc(1024 * 1024)).map((byte) => (byte === 10 ? 11 : byte));
  for (let from = 0; from < bytes.length; ) from += writeSync(1, bytes, from);
}`;

function producedDigest(): string {
  const hash = createHash("sha256");
  const cipher = createCipheriv("aes-128-ctr", Buffer.alloc(16), Buffer.alloc(16));
  for (let i = 0; i < mebibytes; i += 1) {
    hash.update(cipher.update(Buffer.alloc(1024 * 1024)).map((byte) => (byte === 10 ? 11 : byte)));
  }
  return hash.digest("hex");
}

interface Streamed {
  readonly code: number;
  readonly digest: string;
  readonly bytes: number;
  /** Highest resident memory that the command itself was seen to have. */
  readonly peakMebibytes: number;
}

/** A command whose output is too large to hold. */
function stream(directory: string, args: readonly string[]): Promise<Streamed> {
  const [program, argv, options] = runnableArguments(directory, args);
  const child = spawn(program, argv, { ...options, stdio: ["ignore", "pipe", "inherit"] });
  const hash = createHash("sha256");
  let bytes = 0;
  let peakMebibytes = 0;
  child.stdout.on("data", (chunk: Buffer) => {
    hash.update(chunk);
    bytes += chunk.length;
    peakMebibytes = residentPeak(child.pid) ?? peakMebibytes;
  });
  return new Promise((resolve) => {
    child.once("close", (code) =>
      resolve({ code: code ?? -1, digest: hash.digest("hex"), bytes, peakMebibytes }),
    );
  });
}

function residentPeak(pid: number | undefined): number | undefined {
  try {
    const kibibytes = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return kibibytes === undefined ? undefined : Number(kibibytes) / 1024;
  } catch {
    return undefined;
  }
}

describe("100 MiB of binary output without a newline", () => {
  it.each([
    ["local", "type: local"],
    ["local, isolated", "type: local, config: { isolated: true }"],
    ["emulator", "type: emulator"],
  ])(
    "come through and are recorded byte by byte, on %s; the submitter's memory stays small",
    async (_, executor) => {
      await using project = await makeProject({
        "produce.mjs": producer,
        "my.job.ts": `import { shellJob } from "@runnable/core";
export default shellJob({ files: ["produce.mjs"], command: "'${process.execPath}' produce.mjs" });`,
        "runnable-config.yaml": `job-executor: { ${executor} }\n`,
      });

      const run = await stream(project.directory, ["run", "my.job.ts"]);
      const logs = await stream(project.directory, ["logs", "latest"]);

      const whole = { code: 0, digest: producedDigest(), bytes: mebibytes * 1024 * 1024 };
      expect(run).toMatchObject(whole);
      expect(logs).toMatchObject(whole);
      // All of it, held as bytes or text beside Node.js itself, would be far more.
      expect(run.peakMebibytes).toBeLessThan(320);
      expect(logs.peakMebibytes).toBeLessThan(450);
    },
    120_000,
  );
});

const chatty = `import { defineJob, shellJob } from "@runnable/core";
export const made = defineJob({ async run() {
  for (let i = 1; i <= 20_000; i += 1) {
    console.log(i);
    if (i % 1000 === 0) await new Promise((done) => setTimeout(done, 5));
  }
} });
export const command = shellJob({ command: "seq 20000" });`;

/** A command whose reader leaves after the first bytes, as `| head -1` does. */
function readLittle(directory: string, args: readonly string[]): Promise<number> {
  const [program, argv, options] = runnableArguments(directory, args);
  const child = spawn(program, argv, { ...options, stdio: ["ignore", "pipe", "ignore"] });
  child.stdout.once("data", () => child.stdout.destroy());
  return new Promise((resolve) => {
    child.once("exit", (code) => resolve(code ?? -1));
  });
}

describe("a reader that goes away", () => {
  it.each([
    ["made", "local"],
    ["command", "local"],
    ["made", "emulator"],
  ])("ends no run: the output of %s is recorded to its end, on %s", async (name, executor) => {
    await using project = await makeProject({ "jobs.ts": chatty });

    const code = await readLittle(project.directory, ["run", `jobs.ts#${name}`, "-e", executor]);

    const logs = await project.runnable(["logs", "latest"]);
    expect(code).toBe(0);
    expect((await project.shown()).state).toBe("succeeded");
    expect(logs.stdout.split("\n")).toHaveLength(20_001);
    expect(await readLittle(project.directory, ["logs", "latest"])).toBe(141);
  });
});

describe("--json", () => {
  it.each(["local", "emulator"])(
    "leaves one line on standard output, the job's own go to standard error, on %s",
    async (executor) => {
      await using project = await makeProject({
        "my.job.ts": `import { defineJob } from "@runnable/core";
export default defineJob({ run() { console.log("said"); console.error("cried"); process.stdout.write("unfinished"); } });`,
      });

      const end = await project.runnable(["run", "my.job.ts", "-e", executor, "--json"]);

      expect(end.stdout).toMatch(/^\{.*\}\n$/);
      expect(end.stderr).toMatch(/said\n/);
      expect(end.stderr).toMatch(/cried\n/);
    },
  );
});
