import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import type { ProcessHandle } from "./process-handle.ts";

const run = promisify(execFile);

/** Whether that very process still runs: same id, same start time, same boot. */
export async function isAlive({ pid, startedAt, bootId }: ProcessHandle): Promise<boolean> {
  if (process.platform !== "linux") return (await startByPs(pid)) === startedAt;
  const boot = await readFile("/proc/sys/kernel/random/boot_id", "utf8").catch(() => "");
  if (boot.trim() !== bootId) return false;
  return (await startByProc(pid)) === startedAt;
}

// Source: proc_pid_stat(5). The name (field 2) may hold anything; a zombie (state Z) has ended.
async function startByProc(pid: number): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => undefined);
  if (stat === undefined) return undefined;
  const [state, ...fields] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return state === "Z" || state === "X" ? undefined : fields[18];
}

async function startByPs(pid: number): Promise<string | undefined> {
  const found = await run("ps", ["-o", "lstart=", "-p", String(pid)]).catch(() => undefined);
  return found?.stdout.trim();
}
