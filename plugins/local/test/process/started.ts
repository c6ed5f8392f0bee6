import { mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import type { Payload } from "@runnable/plugin";
import { expect } from "vitest";

import type { ProcessHandle } from "../../src/process/process-handle.ts";
import { processMethods } from "../../src/process/process-methods.ts";
import type { ProcessPlan } from "../../src/process/process-plan.ts";

/** A directory for one attempt, with what the methods of an executor get. */
export interface Attempt extends AsyncDisposable {
  readonly directory: string;
  readonly plan: ProcessPlan;
  /** Of `submitJob`. */
  readonly context: Parameters<typeof processMethods.submitJob>[1];
  readonly submit: () => Promise<ProcessHandle>;
  /** Resolves when the process has written a text. */
  readonly said: (text: string) => Promise<void>;
}

/** An attempt that runs a line of `sh`. */
export async function createAttempt(
  line: string,
  more: Partial<ProcessPlan> = {},
): Promise<Attempt> {
  const root = await realpath(await mkdtemp(path.join(tmpdir(), "runnable-attempt-")));
  const directory = path.join(root, "a1");
  await writeFile(path.join(root, "run.mjs"), "// the job side\n");
  const plan: ProcessPlan = {
    directory,
    argv: ["sh", "-c", line],
    env: { GREETING: "hello" },
    environment: "bare",
    cwd: path.join(directory, "cwd"),
    labels: { "runnable/run-id": "r1", "runnable/attempt": "1", "runnable/project": "p1" },
    files: [],
    volumes: [],
    ...more,
  };
  const context = contextOf(path.join(root, "run.mjs"));
  const handles: ProcessHandle[] = [];
  return {
    directory,
    plan,
    context,
    submit: async () => {
      const handle = await processMethods.submitJob(plan, context);
      handles.push(handle);
      return handle;
    },
    said: (text) =>
      expect.poll(() => readFile(path.join(directory, "output"), "utf8")).toContain(text),
    [Symbol.asyncDispose]: async () => {
      for (const { pid } of handles) killGroup(pid);
      await rm(root, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

function contextOf(source: string): Attempt["context"] {
  const file = { path: "run.mjs", source, bytes: 16, digest: "sha256:00", mode: 0o644 };
  const payload: Payload = { mode: "bundle", files: [file], bytes: 16, digest: "sha256:00" };
  // What these methods do not read is left out.
  return {
    payload,
    placements: [],
    secrets: { TOKEN: "a-secret-value" },
    signal: new AbortController().signal,
  } as unknown as Attempt["context"];
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // It has ended.
  }
}
