import { readFileSync, readlinkSync } from "node:fs";
import { hostname, uptime } from "node:os";

import type { ProcessIdentity } from "../record/run-record.ts";

/** What the system knows of a process. */
export interface ProcessStart {
  /** In the kernel's own units. */
  readonly startedAt: string;
  readonly zombie: boolean;
}

/** This process, such that another one can tell later whether it still lives. */
export function processIdentity(): ProcessIdentity {
  const { pid } = process;
  return { host: hostname(), pid, startedAt: processStart(pid)?.startedAt ?? "", bootId: bootId() };
}

/** Start of a process of this machine; undefined if there is none of that id. */
export function processStart(pid: number): ProcessStart | undefined {
  return process.platform === "linux" ? startByProc(pid) : startByPs(pid);
}

/**
 * This boot of the machine: `<boot id>/<process id namespace>` on Linux, since a container may share its host's name and not
 * its process ids; elsewhere the boot's time, `boot-<minutes since 1970>`. Source: proc_sys_kernel(5), pid_namespaces(7).
 */
export function bootId(): string {
  if (process.platform !== "linux") {
    return `boot-${Math.round((Date.now() / 1000 - uptime()) / 60)}`;
  }
  const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  return `${boot}/${readlinkSync("/proc/self/ns/pid")}`;
}

/** Source: proc_pid_stat(5): field 2 is the name in parentheses and may hold anything, field 3 the state, 22 the start. */
function startByProc(pid: number): ProcessStart | undefined {
  const stat = readIfThere(`/proc/${pid}/stat`);
  if (stat === undefined) return undefined;
  const [state = "", ...rest] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return { startedAt: rest[18] ?? "", zombie: state === "Z" || state === "X" };
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

function startByPs(pid: number): ProcessStart | undefined {
  try {
    // Not imported: it takes 3 ms, and Linux needs none of it.
    const { execFileSync } = process.getBuiltinModule("node:child_process");
    const [state = "", ...start] = execFileSync("ps", ["-o", "stat=,lstart=", "-p", String(pid)], {
      encoding: "utf8",
      env: { ...process.env, LC_ALL: "C" },
      stdio: ["ignore", "pipe", "ignore"],
    })
      .trim()
      .split(/\s+/);
    return { startedAt: start.join(" "), zombie: state.startsWith("Z") };
  } catch {
    // ps ends with 1 when there is no such process.
    return undefined;
  }
}
