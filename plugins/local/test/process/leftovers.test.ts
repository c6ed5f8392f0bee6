import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir, userInfo } from "node:os";
import path from "node:path";

import type { Leftover } from "@runnable/plugin";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { checkHealth } from "../../src/process/check-health.ts";
import { leftovers } from "../../src/process/leftovers.ts";
import type { ProcessHandle } from "../../src/process/process-handle.ts";
import { processMethods } from "../../src/process/process-methods.ts";

let temporary = "";

beforeEach(async () => {
  temporary = await realpath(await mkdtemp(path.join(tmpdir(), "runnable-left-")));
  vi.stubEnv("TMPDIR", temporary);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(temporary, { recursive: true, force: true });
});

async function attempt(name: string, labels: object): Promise<string> {
  const directory = path.join(temporary, `runnable-${userInfo().uid}`, name);
  await mkdir(directory, { recursive: true });
  await writeFile(path.join(directory, "labels.json"), JSON.stringify(labels));
  return directory;
}

async function found(project: string): Promise<readonly Leftover<ProcessHandle>[]> {
  const list: Leftover<ProcessHandle>[] = [];
  for await (const one of leftovers({ labels: { "runnable/project": project } })) list.push(one);
  return list;
}

it("are the attempts with the labels of the project, and no others", async () => {
  const ours = { "runnable/project": "p1", "runnable/run-id": "r1", "runnable/attempt": "2" };
  const directory = await attempt("rn-r1-a2", ours);
  await attempt("rn-r2-a1", { ...ours, "runnable/project": "p2" });
  await mkdir(path.join(temporary, `runnable-${userInfo().uid}`, "rn-without-labels"));

  expect(await found("p1")).toMatchObject([
    { runId: "r1", attempt: 2, handle: { directory }, createdAt: expect.any(String) },
  ]);
  expect(await found("p3")).toEqual([]);
});

it("an attempt that was never started is gone, and is removed whole", async () => {
  const ours = { "runnable/project": "p1", "runnable/run-id": "r1", "runnable/attempt": "1" };
  await attempt("rn-r1-a1", ours);
  const context = { signal: new AbortController().signal };

  const [leftover] = await found("p1");
  const handle = leftover?.handle as ProcessHandle;
  const states: string[] = [];
  for await (const { state } of processMethods.observe(handle, context as never)) {
    states.push(state);
  }
  await processMethods.remove(handle, context as never);

  expect(states).toEqual(["gone"]);
  expect(await found("p1")).toEqual([]);
});

it("a machine on which processes can be started is in good health", async () => {
  const states: string[] = [];

  for await (const { check, status } of checkHealth()) states.push(`${check}: ${status}`);

  expect(states).toEqual([
    "attempts' directory: ok",
    expect.stringContaining("room for files:"),
    "shell: ok",
  ]);
});

it("a directory that can't be made is a failed check with a remedy", async () => {
  vi.stubEnv("TMPDIR", path.join(temporary, "file"));
  await writeFile(path.join(temporary, "file"), "");

  for await (const finding of checkHealth()) {
    expect(finding).toMatchObject({
      status: "failed",
      remedy: expect.stringContaining("TMPDIR"),
    });
    return;
  }
  expect.fail("nothing was found");
});
