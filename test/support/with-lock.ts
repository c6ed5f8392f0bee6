import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const pollMs = 100;

/** Does some work while no other process of this machine does it; `lock` is a path for the lock itself. A lock whose owner died is taken over. */
export async function withLock<T>(
  lock: string,
  deadlineMs: number,
  work: () => Promise<T>,
): Promise<T> {
  const deadline = performance.now() + deadlineMs;
  await mkdir(path.dirname(lock), { recursive: true });
  while (!(await take(lock))) {
    if (performance.now() > deadline) throw new Error(`${lock} is still held by another process`);
    if (await isLeft(lock)) await rm(lock, { recursive: true, force: true });
    else await sleep(pollMs);
  }
  try {
    return await work();
  } finally {
    await rm(lock, { recursive: true, force: true });
  }
}

async function take(lock: string): Promise<boolean> {
  try {
    await writeFile(lock, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

async function isLeft(lock: string): Promise<boolean> {
  const owner = Number(await readFile(lock, "utf8").catch(() => ""));
  // Not written yet, or just given back.
  if (owner === 0) return false;
  try {
    process.kill(owner, 0);
    return false;
  } catch {
    return true;
  }
}
