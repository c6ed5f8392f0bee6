import { readFile, stat } from "node:fs/promises";
import path from "node:path";

import type { PlatformStatus } from "@runnable/plugin";
import { describe, expect, it } from "vitest";

import type { ProcessHandle } from "../../src/process/process-handle.ts";
import { processMethods } from "../../src/process/process-methods.ts";
import { createAttempt, type Attempt } from "./started.ts";

async function statesOf(
  attempt: Attempt,
  handle: ProcessHandle,
): Promise<readonly PlatformStatus[]> {
  return Array.fromAsync(processMethods.observe(handle, attempt.context));
}

async function logOf(attempt: Attempt, handle: ProcessHandle, from = 0): Promise<string> {
  const since = { bytes: from, at: undefined };
  const chunks = await Array.fromAsync(processMethods.logs(handle, attempt.context, since));
  return Buffer.concat(chunks).toString();
}

describe("a process that is started", () => {
  it("runs in its own directory, with the plan's environment and little of ours", async () => {
    process.env["OURS_ONLY"] = "1";
    await using attempt = await createAttempt(
      `pwd; echo "$GREETING[$OURS_ONLY]"; cat ../payload/run.mjs`,
    );

    const handle = await attempt.submit();

    expect(await logOf(attempt, handle)).toBe(`${attempt.plan.cwd}\nhello[]\n// the job side\n`);
  });

  it("sees our environment where the plan says so", async () => {
    process.env["OURS_TOO"] = "yes";
    await using attempt = await createAttempt(`echo "[$OURS_TOO]"`, { environment: "inherited" });

    expect(await logOf(attempt, await attempt.submit())).toBe("[yes]\n");
  });

  it("finds secrets in a file that only this user reads", async () => {
    await using attempt = await createAttempt("cat ../secrets.json");

    const handle = await attempt.submit();
    const { mode } = await stat(path.join(attempt.directory, "secrets.json"));

    expect(await logOf(attempt, handle)).toBe('{"TOKEN":"a-secret-value"}');
    expect(mode & 0o777).toBe(0o600);
  });

  it("is one process, however often it is submitted", async () => {
    await using attempt = await createAttempt("echo started; sleep 30");

    const handles = [await attempt.submit(), await attempt.submit()];

    expect(handles[1]).toEqual(handles[0]);
    expect(await readFile(path.join(attempt.directory, "pid"), "utf8")).toContain(
      `${handles[0]?.pid}\n`,
    );
  });

  it.each([
    ["its exit code", "exit 7", { state: "ended", exitCode: 7 }],
    [
      "the signal that killed it",
      "kill -9 $$",
      { state: "ended", exitCode: 137, signal: "SIGKILL" },
    ],
  ])("ends with %s", async (_, line, end) => {
    await using attempt = await createAttempt(line);

    const states = await statesOf(attempt, await attempt.submit());

    expect(states.at(-1)).toEqual(end);
  });

  it("is gone when it was killed with its launcher", async () => {
    await using attempt = await createAttempt("sleep 30");
    const handle = await attempt.submit();

    process.kill(-handle.pid, "SIGKILL");

    expect((await statesOf(attempt, handle)).at(-1)).toMatchObject({ state: "gone" });
  });

  it("has a log that is read on from where it stopped", async () => {
    await using attempt = await createAttempt("printf 12345; sleep 0.2; printf 67890");
    const handle = await attempt.submit();

    expect(await logOf(attempt, handle, 3)).toBe("4567890");
  });
});

describe("cancel", () => {
  it("asks the process to stop", async () => {
    const line = "trap 'echo stopped; exit 3' TERM; echo ready; sleep 30 & wait";
    await using attempt = await createAttempt(line);
    const handle = await attempt.submit();
    await attempt.said("ready");

    await processMethods.cancel(handle, { ...attempt.context, graceSeconds: 10 });

    expect(await logOf(attempt, handle)).toBe("ready\nstopped\n");
    expect((await statesOf(attempt, handle)).at(-1)).toEqual({ state: "ended", exitCode: 3 });
  });

  it("without grace asks until the process has taken two requests", async () => {
    const count = `n=0; trap 'n=$((n+1)); [ $n -ge 2 ] && exit 4' TERM; echo ready`;
    await using attempt = await createAttempt(`${count}; while :; do sleep 0.05; done`);
    const handle = await attempt.submit();
    await attempt.said("ready");

    await processMethods.cancel(handle, { ...attempt.context, graceSeconds: 0 });

    expect((await statesOf(attempt, handle)).at(-1)).toEqual({ state: "ended", exitCode: 4 });
  });

  it("does nothing to a process that has ended", async () => {
    await using attempt = await createAttempt("exit 0");
    const handle = await attempt.submit();
    await statesOf(attempt, handle);

    await expect(
      processMethods.cancel(handle, { ...attempt.context, graceSeconds: 1 }),
    ).resolves.toBeUndefined();
  });
});

it("remove leaves nothing of an attempt", async () => {
  await using attempt = await createAttempt("echo done");
  const handle = await attempt.submit();
  await statesOf(attempt, handle);

  await processMethods.remove(handle, attempt.context);

  await expect(stat(attempt.directory)).rejects.toMatchObject({ code: "ENOENT" });
});
