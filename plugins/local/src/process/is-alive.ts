import { readdir, readFile } from "node:fs/promises";

import type { ProcessHandle } from "./process-handle.ts";

/**
 * Whether an attempt still runs: the launcher, which is that very process (same id, same start time, same boot), or what it
 * started, which may outlive it and is in its process group.
 */
export async function isAlive({ pid, startedAt, bootId }: ProcessHandle): Promise<boolean> {
  if (process.platform !== "linux") return (await startByPs(pid)) === startedAt || hasGroup(pid);
  const boot = await readFile("/proc/sys/kernel/random/boot_id", "utf8").catch(() => "");
  if (boot.trim() !== bootId) return false;
  const leader = await readStat(String(pid));
  // An id is not used again while its group lives: another process of this id means that the group is gone.
  if (leader?.startedAt === startedAt && !leader.ended) return true;
  if (leader !== undefined && leader.startedAt !== startedAt) return false;
  return hasGroup(pid) && groupRuns(String(pid));
}

function hasGroup(pid: number): boolean {
  try {
    return process.kill(-pid, 0);
  } catch {
    return false;
  }
}

// A group may consist of processes that ended and that nobody waits for, as in a container without an init.
async function groupRuns(group: string): Promise<boolean> {
  const ids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const stats = await Promise.all(ids.map(readStat));
  return stats.some((stat) => stat?.group === group && !stat.ended);
}

interface Stat {
  readonly group: string | undefined;
  readonly startedAt: string | undefined;
  /** A zombie has ended. */
  readonly ended: boolean;
}

// Source: proc_pid_stat(5). The name (field 2) may hold anything; state, parent and group follow it, the start is field 22.
async function readStat(id: string): Promise<Stat | undefined> {
  const stat = await readFile(`/proc/${id}/stat`, "utf8").catch(() => undefined);
  if (stat === undefined) return undefined;
  const [state, , group, ...fields] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return { group, startedAt: fields[16], ended: state === "Z" || state === "X" };
}

async function startByPs(pid: number): Promise<string | undefined> {
  const { promisify } = await import("node:util");
  const { execFile } = await import("node:child_process");
  const found = await promisify(execFile)("ps", ["-o", "lstart=", "-p", String(pid)]).catch(
    () => undefined,
  );
  return found?.stdout.trim();
}
