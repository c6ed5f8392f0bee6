import type { ChildProcess } from "node:child_process";
import { open } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { RunnableError } from "@runnable/plugin";

import { readHandle, type ProcessHandle } from "./process-handle.ts";
import type { ProcessPlan } from "./process-plan.ts";

/**
 * The started process writes its own id, create-if-absent (`set -C`): so a submitter that dies right after the start loses
 * nothing, and a second start of the same attempt ends at once. It outlives the command to keep its exit status.
 */
const launcher = `set -C
{ echo $$ >"$0/pid.$$" && { cut -d' ' -f22 /proc/$$/stat 2>/dev/null || ps -o lstart= -p $$; } >>"$0/pid.$$" &&
  { cat /proc/sys/kernel/random/boot_id 2>/dev/null || echo; } >>"$0/pid.$$" && ln "$0/pid.$$" "$0/pid" && rm "$0/pid.$$"; } || exit 75
trap : TERM INT HUP
"$@" </dev/null
echo $? >"$0/exit.tmp" && mv "$0/exit.tmp" "$0/exit"`;

const startWithinMs = 10_000;

/** Starts the plan's process in a session of its own, unless it was started before; resolves once its handle is on disk. */
export async function startProcess(plan: ProcessPlan): Promise<ProcessHandle> {
  const before = await readHandle(plan.directory);
  if (before) return before;
  // Lazily: `local` has this module and needs it only for a job that is supervised.
  const { spawn } = await import("node:child_process");
  const output = await open(join(plan.directory, "output"), "a");
  try {
    const child = spawn("sh", ["-c", launcher, plan.directory, ...plan.argv], {
      cwd: plan.cwd,
      detached: true,
      stdio: ["ignore", output.fd, output.fd],
      env: environmentOf(plan),
    });
    child.unref();
    return await waitForHandle(plan.directory, child);
  } finally {
    await output.close();
  }
}

async function waitForHandle(directory: string, child: ChildProcess): Promise<ProcessHandle> {
  const faults: Error[] = [];
  child.once("error", (error) => faults.push(error));
  const deadline = performance.now() + startWithinMs;
  while (performance.now() < deadline && faults.length === 0) {
    const handle = await readHandle(directory);
    if (handle) return handle;
    await sleep(5);
  }
  throw new RunnableError("PROCESS_NOT_STARTED", `no process was started in ${directory}`, {
    cause: faults[0],
    hint: "Check that `sh` is there and that this user may start processes.",
    exitCode: 75,
  });
}

function environmentOf(plan: ProcessPlan): NodeJS.ProcessEnv {
  if (plan.environment === "inherited") return { ...process.env, ...plan.env };
  const names = ["PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR"] as const;
  const own = Object.fromEntries(names.map((name) => [name, process.env[name]]));
  return { ...own, PATH: searchPath(plan), ...plan.env };
}

// An image brings its own `runnable`; node is found where the submitter's is.
function searchPath({ cwd, image }: ProcessPlan): string {
  const bin = image === undefined ? [] : [join(cwd, "node_modules", ".bin")];
  return [...bin, dirname(process.execPath), process.env["PATH"] ?? ""].join(delimiter);
}
