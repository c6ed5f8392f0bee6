import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { expect, it } from "vitest";

import { quoteForShell } from "../../packages/plugin/src/quote-for-shell.ts";
import { expectOneOutcome } from "./after-fault.ts";
import { modes } from "./fault-matrix.ts";
import { bin, ledgerOf, makeFaultProject, type Fault, type FaultProject } from "./fault-project.ts";

const emulator = "job-executor: { type: emulator }\n";
const runLog = ".run_log_store";

const neverYields = jobThat(
  `appendFileSync(parameters.ledger, runId + " " + attempt + "\\n"); for (;;);`,
);
const unknownEnd = { code: null, signal: null, stdout: "", stderr: "" };
const unharmed: Fault = {
  trigger: "submitter",
  step: 0,
  when: "before",
  victim: "submitter",
  signal: "SIGKILL",
};

it.each(modes)(
  "of two processes that ask for one id at once, one wins: $name",
  { timeout: 120_000 },
  async ({ config }) => {
    await using project = await makeFaultProject(config);

    const ends = await Promise.all([run(project), run(project)]);

    const refused = ends.find(({ code }) => code === 78);
    expect(ends.map(({ code }) => code)).toEqual(expect.arrayContaining([0, 78]));
    expect(`${refused?.stdout}${refused?.stderr}`).toContain("RUN_ID_USED");
    expect(await project.ledger()).toEqual([`${project.runId} 1`]);
  },
);

it.each([
  ["here", "{}\n", 1],
  ["in a process of its own", "job-executor: { type: local, config: { isolated: true } }\n", 1],
  ["on the emulator", emulator, 1],
])(
  "a job that throws %s ends the command with its status",
  { timeout: 120_000 },
  async (_, config, status) => {
    await using project = await makeFaultProject(config, jobThat(`throw new Error("no");`));

    const end = await run(project);

    expect(end.code).toBe(status);
    expect(end.stdout).toContain(`"status":"failed"`);
  },
);

it.each([
  ["here", "{}\n"],
  ["on the emulator", emulator],
])("cancel kills a job that never yields %s", { timeout: 120_000 }, async (_, config) => {
  await using project = await makeFaultProject(config, neverYields);
  const running = run(project);
  await until(async () => (await project.ledger()).length > 0);

  const end = await project.runnable(["cancel", project.runId, "--json"]);

  expect(end.stdout).toContain(`"status":"cancelled"`);
  await running;
  await expectOneOutcome(project, { runLog, first: end });
});

it.skipIf(!existsSync("/usr/bin/script"))(
  "a second Ctrl-C ends a job that never yields in the command's own process",
  { timeout: 120_000 },
  async () => {
    await using project = await makeFaultProject("{}\n", neverYields);
    const words = ["run", "job.ts", "-p", ledgerOf(project), "--run-id", project.runId];
    const terminal = openTerminal(project, words);
    await until(async () => (await project.ledger()).length > 0);

    // As people do: until it ends.
    const again = setInterval(() => terminal.write("\u0003"), 500);

    expect(await terminal.ended.finally(() => clearInterval(again))).toBe(130);
    const told = await expectOneOutcome(project, { runLog, first: unknownEnd });
    expect(told?.status).toBe("cancelled");
  },
);

it("a job that never yields does not outlive its supervisor", { timeout: 120_000 }, async () => {
  await using project = await makeFaultProject(emulator, neverYields);
  const running = run(project, unharmed);
  await until(async () => (await project.ledger()).length > 0);

  process.kill(await pidOf(project, "supervisor"), "SIGKILL");

  const told = await expectOneOutcome(project, { runLog, first: await running });
  expect(told?.status).toBe("lost");
});

it(
  "a second Ctrl-C kills a job that does not stop, and its outcome is written",
  { timeout: 120_000 },
  async () => {
    await using project = await makeFaultProject(
      "job-executor: { type: local, config: { isolated: true } }\n",
      jobThat(
        `appendFileSync(parameters.ledger, runId + " " + attempt + "\\n"); await new Promise(() => setInterval(() => {}, 1000));`,
      ),
    );
    const running = run(project, unharmed);
    await until(async () => (await project.ledger()).length > 0);
    const submitter = await pidOf(project, "submitter");

    process.kill(submitter, "SIGINT");
    process.kill(submitter, "SIGINT");

    const end = await running;
    expect(end.code).toBe(130);
    expect(await expectOneOutcome(project, { runLog, first: end })).toMatchObject({
      status: "cancelled",
    });
  },
);

it("a timeout also ends a module that never finishes loading", { timeout: 120_000 }, async () => {
  const hangs = `if (process.connected) await new Promise(() => {});\n${jobThat("return {};", `timeout: "1s"`)}`;
  await using project = await makeFaultProject(emulator, hangs);

  const end = await run(project);

  expect(end.code).toBe(124);
  expect(end.stdout).toContain(`"cause":"timeout"`);
});

it("attach waits for a client that is still submitting", { timeout: 120_000 }, async () => {
  await using project = await makeFaultProject(emulator);
  const steps = await stepsOf(emulator);
  const step = steps.findIndex((line) => line.includes("spawn sh")) + 1;
  const running = run(project, {
    trigger: "submitter",
    step,
    when: "before",
    victim: "submitter",
    signal: "SIGSTOP",
  });
  await until(async () => (await project.struck()) !== "");
  const submitter = await pidOf(project, "submitter");
  await until(async () => (await stateOf(submitter)) === "T");

  const attached = project.runnable(["attach", project.runId, "--json"]);
  await Promise.race([attached, sleep(1000)]);
  process.kill(submitter, "SIGCONT");

  expect((await running).code).toBe(0);
  expect((await attached).stdout).toContain(`"status":"succeeded"`);
  expect(await project.ledger()).toEqual([`${project.runId} 1`]);
});

/** `T` while it is stopped. Source: proc_pid_stat(5). */
async function stateOf(pid: number): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8");
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[0];
}

/** A command in a terminal of its own, as script(1) of util-linux gives one. */
function openTerminal(
  { directory, temporary }: FaultProject,
  words: readonly string[],
): { readonly write: (keys: string) => void; readonly ended: Promise<number | null> } {
  const line = quoteForShell([process.execPath, bin, ...words]);
  const child = spawn("script", ["-qec", line, "/dev/null"], {
    cwd: directory,
    stdio: ["pipe", "ignore", "ignore"],
    env: { PATH: process.env["PATH"], HOME: directory, TMPDIR: temporary },
  });
  return {
    write: (keys) => void child.stdin.write(keys),
    ended: new Promise((resolve) => child.once("close", resolve)),
  };
}

function run(project: FaultProject, fault?: Fault): ReturnType<FaultProject["runnable"]> {
  return project.runnable(
    ["run", "job.ts", "-p", ledgerOf(project), "--run-id", project.runId, "--json"],
    fault,
  );
}

async function stepsOf(config: string): Promise<readonly string[]> {
  await using project = await makeFaultProject(config);
  await run(project, unharmed);
  return await project.stepsOf("submitter");
}

async function pidOf({ directory }: FaultProject, role: string): Promise<number> {
  return Number(await readFile(join(directory, "../watch", `pid-${role}`), "utf8"));
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 30_000;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error("it never came to that");
    await sleep(20);
  }
}

function jobThat(does: string, more: string = ""): string {
  return `
import { defineJob } from "@runnable/core";
import { appendFileSync } from "node:fs";
export default defineJob({ ${more === "" ? "" : `${more},`} async run({ runId, attempt, parameters }) { ${does} } });
`;
}
