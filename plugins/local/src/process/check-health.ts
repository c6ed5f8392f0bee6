import { mkdir, rm, statfs, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import type { HealthFinding } from "@runnable/plugin";

import { attemptDirectory } from "./attempt-directory.ts";

const mebibyte = 1024 * 1024;
/** Less than this is soon used up by a payload and a job's files. */
const littleSpace = 500 * mebibyte;

/** Whether processes can be started on this machine, and have room for their files. */
export async function* checkHealth(): AsyncIterable<HealthFinding> {
  const place = dirname(attemptDirectory(tmpdir(), "any").root);
  const files = await checkFiles(place);
  yield files;
  if (files.status === "ok") yield await checkSpace(place);
  yield await checkShell();
}

async function checkFiles(place: string): Promise<HealthFinding> {
  const check = "attempts' directory";
  const probe = join(place, `.probe-${process.pid}`);
  try {
    await mkdir(place, { recursive: true, mode: 0o700 });
    await writeFile(probe, "probe");
    await rm(probe);
    return { check, status: "ok", detail: place };
  } catch (error) {
    const { message } = error instanceof Error ? error : new Error(String(error));
    const remedy = "Make it writable, or set TMPDIR to a directory that is.";
    return { check, status: "failed", detail: message, remedy };
  }
}

async function checkSpace(place: string): Promise<HealthFinding> {
  const check = "room for files";
  const { bavail, bsize } = await statfs(place);
  const detail = `${Math.floor((bavail * bsize) / mebibyte)} MiB free in ${place}`;
  return bavail * bsize < littleSpace
    ? { check, status: "warning", detail, remedy: "Free some, or set TMPDIR to a larger disk." }
    : { check, status: "ok", detail };
}

/** What starts the job side is a line of `sh`, with these of its companions. */
async function checkShell(): Promise<HealthFinding> {
  const check = "shell";
  const { promisify } = await import("node:util");
  const { execFile } = await import("node:child_process");
  const line = "command -v ln mv rm >/dev/null && { command -v cut || command -v ps; }";
  try {
    await promisify(execFile)("sh", ["-c", line], { timeout: 10_000 });
    return { check, status: "ok", detail: "sh with ln, mv, rm" };
  } catch {
    const detail = "`sh` with ln, mv, rm, and cut or ps, can't be started";
    return {
      check,
      status: "failed",
      detail,
      remedy: "Install a POSIX shell, and put it on PATH.",
    };
  }
}
