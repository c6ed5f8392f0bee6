import { readFile } from "node:fs/promises";

/** Counters of the control group that this process is in. Source: kernel.org, cgroup-v2 "memory.events" and cgroup-v1 "memory.oom_control". */
const counters = [
  "/sys/fs/cgroup/memory.events",
  "/sys/fs/cgroup/memory/memory.oom_control",
] as const;

/** Processes that the kernel killed so far for this control group's memory limit; 0 where it doesn't tell. */
export async function oomKills(): Promise<number> {
  for (const file of counters) {
    const text = await readFile(file, "utf8").catch(() => "");
    const found = /^oom_kill (\d+)$/m.exec(text);
    if (found) return Number(found[1]);
  }
  return 0;
}
