import { randomBytes } from "node:crypto";
import { rm, stat, statfs, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import type { Catalog, HealthFinding, PathNeed, RunLog } from "@runnable/plugin";

import { errorCode } from "../files/error-code.ts";
import type { ResolvedStore } from "../resolve/resolved.ts";
import { openStore } from "../submit/open-stores.ts";
import { failedFinding } from "./failed-finding.ts";

type StoreRun = Parameters<typeof openStore>[1];

/** Clocks that differ by more make times in records misleading. */
const skewMs = 5000;
const mebibyte = 1024 * 1024;
const littleSpace = 100 * mebibyte;

/** Whether a store can be opened and, where it is a directory, written to: a file is made there and removed again. */
export async function checkStore(
  check: string,
  store: ResolvedStore<RunLog> | ResolvedStore<Catalog>,
  run: StoreRun,
): Promise<HealthFinding> {
  try {
    const opened = await openStore<RunLog | Catalog>(store, run);
    try {
      await opened.storeId({ create: false });
      return await writable(check, opened.location, pathNeedsOf(store, run));
    } finally {
      await opened.close?.();
    }
  } catch (error) {
    return failedFinding(check, error);
  }
}

function pathNeedsOf(
  { definition, config }: ResolvedStore<unknown>,
  { config: { projectDirectory } }: StoreRun,
): readonly PathNeed[] {
  const needs = definition.needs(config, { baseDirectory: projectDirectory });
  return needs.filter(
    (need) => need.kind === "path" && need.access === "write",
  ) as readonly PathNeed[];
}

async function writable(
  check: string,
  location: string,
  needs: readonly PathNeed[],
): Promise<HealthFinding> {
  for (const { path } of needs) {
    const directory = await nearestThere(path);
    const trouble = (await probe(directory)) ?? (await spaceIn(directory));
    if (trouble) return { check, ...trouble };
  }
  const how = needs.length === 0 ? "opened" : "opened, writable";
  return { check, status: "ok", detail: `${location} (${how})` };
}

type Trouble = Omit<HealthFinding, "check">;

/** What is there of the path: the rest is made at the first write. */
async function nearestThere(path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined);
  return found || dirname(path) === path ? path : nearestThere(dirname(path));
}

async function probe(directory: string): Promise<Trouble | undefined> {
  const file = join(directory, `.runnable-probe-${randomBytes(8).toString("hex")}`);
  try {
    const before = Date.now();
    await writeFile(file, "", { flag: "wx" });
    const { mtimeMs } = await stat(file);
    const skew = Math.max(before - mtimeMs, mtimeMs - Date.now());
    return skew > skewMs ? skewed(directory, skew) : undefined;
  } catch (error) {
    return {
      status: "failed",
      detail: `can't write to ${directory} (${errorCode(error)})`,
      remedy: "Make it writable for this user, or name another directory.",
    };
  } finally {
    await rm(file, { force: true }).catch(() => undefined);
  }
}

function skewed(directory: string, ms: number): Trouble {
  return {
    status: "warning",
    detail: `the clock of ${directory} is ${Math.round(ms / 1000)} s off this machine's`,
    remedy: "Synchronize both clocks: times in records come from both.",
  };
}

async function spaceIn(directory: string): Promise<Trouble | undefined> {
  const space = await statfs(directory).catch(() => undefined);
  if (space === undefined || space.bavail * space.bsize >= littleSpace) return undefined;
  const free = Math.floor((space.bavail * space.bsize) / mebibyte);
  return {
    status: "warning",
    detail: `${free} MiB free in ${directory}`,
    remedy: "Free some: a record that can't be written fails a run.",
  };
}
