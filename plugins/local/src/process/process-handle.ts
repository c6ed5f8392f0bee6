import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** By which a started process is found again: id and start time, since ids are used again. */
export type ProcessHandle = {
  readonly directory: string;
  readonly pid: number;
  /** Field 22 of `/proc/<pid>/stat` (Linux), `ps -o lstart=` elsewhere. */
  readonly startedAt: string;
  readonly bootId: string;
};

/** The handle that the started process itself wrote; undefined while there is none. */
export async function readHandle(directory: string): Promise<ProcessHandle | undefined> {
  const text = await readFile(join(directory, "pid"), "utf8").catch(() => "");
  const [pid = "", startedAt = "", bootId = ""] = text.split("\n");
  // The last line is written last: a torn file is no handle yet.
  if (!/^\d+$/.test(pid) || text.split("\n").length < 4) return undefined;
  return { directory, pid: Number(pid), startedAt: startedAt.trim(), bootId };
}
