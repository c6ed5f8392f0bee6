import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";

import { describe, expect, it } from "vitest";

import type { PerformOptions } from "../../src/execute/perform.ts";
import { shellJob } from "../../src/jobs/shell-job.ts";
import { temporaryProject } from "../jobs/temporary-project.ts";
import { perform } from "./surroundings.ts";

async function untilTrue(condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error("still not so after 10 s");
    await setTimeout(10);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Starts a job that writes the process ids of itself and a child to `pids`, and waits until it did. */
async function begin(command: string, stop: AbortController, more: Partial<PerformOptions> = {}) {
  const project = await temporaryProject({});
  const job = shellJob({
    command: `${command}\nsleep 100 & echo $$ $! > pids.new; mv pids.new pids; wait; wait`,
  });
  const running = perform(job, {
    workingDirectory: project.directory,
    signal: stop.signal,
    ...more,
  });
  await untilTrue(() => existsSync(project.path("pids")));
  const pids = (await readFile(project.path("pids"), "utf8")).trim().split(" ").map(Number);
  return { running, pids, [Symbol.asyncDispose]: project[Symbol.asyncDispose] };
}

describe("a command that is stopped", () => {
  it("ends at once with its children", async () => {
    const stop = new AbortController();
    await using begun = await begin("", stop);

    stop.abort();

    expect(await begun.running).toMatchObject({
      status: "cancelled",
      cause: "cancelled",
      exitCode: 130,
    });
    await untilTrue(() => !begun.pids.some(isAlive));
  });

  it("is killed after the grace when it does not listen", async () => {
    const stop = new AbortController();
    await using begun = await begin("trap '' TERM", stop, { graceMs: 50 });

    stop.abort("timeout");

    expect(await begun.running).toMatchObject({
      status: "failed",
      cause: "timeout",
      exitCode: 124,
    });
    await untilTrue(() => !begun.pids.some(isAlive));
  });

  it("is left to the caller where they share a process group", async () => {
    const stop = new AbortController();
    await using begun = await begin("", stop, { ownProcessGroup: false });
    const [shell = 0, child = 0] = begun.pids;

    stop.abort();
    const alive = [shell, child].map(isAlive);
    for (const pid of [child, shell]) process.kill(pid, "SIGTERM");

    expect(alive).toEqual([true, true]);
    expect(await begun.running).toMatchObject({ status: "cancelled" });
  });
});

it("does not wait for a grandchild that holds the output open, and ends it", async () => {
  const started = performance.now();

  const { stdout, status } = await perform(shellJob({ command: "sleep 100 & echo $!" }));

  expect(status).toBe("succeeded");
  expect(performance.now() - started).toBeLessThan(10_000);
  await untilTrue(() => !isAlive(Number(stdout)));
});

it("is ended when its output can't be taken", async () => {
  const result = await perform(shellJob({ command: "echo $$; sleep 100" }), {
    onOutput: () => Promise.reject(new Error("disk full")),
  });

  expect(result).toMatchObject({
    status: "failed",
    cause: "platform",
    error: { message: "disk full" },
  });
});
