import type { TestProject } from "vitest/node";

import { leaveDockerEngine, useDockerEngine, type DockerEngine } from "./docker-engine.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Undefined: the tests that need one are skipped. */
    readonly dockerEngine: DockerEngine | undefined;
  }
}

/** One engine for all tests of a run. Under CI its absence is a failure. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const user = String(process.pid);
  const engine = await useDockerEngine(user);
  if (!engine && process.env["CI"]) {
    throw new Error("no Docker engine answers, and none can be started");
  }
  if (!engine) console.warn("No Docker engine: its tests are skipped.");
  project.provide("dockerEngine", engine);
  return async () => {
    if (engine?.own) await leaveDockerEngine(user);
  };
}
