import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import type { TestProject } from "vitest/node";

import { startRegistry, type NpmRegistry } from "../engines/npm-registry/start-registry.ts";
import { packageManagers } from "./package-managers.ts";
import { publishAll, type Published } from "./published.ts";

/** What all tests of installs share. */
export interface Installs {
  readonly url: string;
  readonly token: string;
  readonly published: Published;
  /** Directory with their commands. */
  readonly managers: string;
  /** For the managers' own caches: empty at first, since packages of one version differ from run to run. */
  readonly caches: string;
}

declare module "vitest" {
  interface ProvidedContext {
    /** Or why there is no registry. */
    installs: Installs | { readonly missing: string };
  }
}

/** Starts the registry with everything published, for all files of tests. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const directory = await mkdtemp(path.join(tmpdir(), "runnable-installs-"));
  const up = await tryStart();
  const tearDown = async () => {
    if ("registry" in up) await up.registry[Symbol.asyncDispose]();
    await rm(directory, { recursive: true, force: true });
  };
  try {
    project.provide("installs", "registry" in up ? await fill(up, directory) : up);
    return tearDown;
  } catch (error) {
    await tearDown();
    throw error;
  }
}

async function fill({ registry, managers }: Up, directory: string): Promise<Installs> {
  const { url, token } = registry;
  const published = await publishAll(registry, directory);
  return { url, token, published, managers, caches: path.join(directory, "caches") };
}

interface Up {
  readonly registry: NpmRegistry;
  readonly managers: string;
}

/** Without a network there is neither verdaccio nor Yarn: a user's tests go on without, CI's fail. */
async function tryStart(): Promise<Up | { readonly missing: string }> {
  try {
    const managers = await packageManagers();
    return { registry: await startRegistry(), managers };
  } catch (error) {
    if (process.env["CI"]) throw error;
    const missing = error instanceof Error ? error.message : String(error);
    console.warn(`tests of installs are skipped: ${missing}`);
    return { missing };
  }
}
