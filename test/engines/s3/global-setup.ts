import type { TestProject } from "vitest/node";

import { startS3Server, type S3Access } from "./s3-server.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Undefined: the tests that need one are skipped. */
    readonly s3: S3Access | undefined;
  }
}

/** One server for all tests of a run. Under CI its absence is a failure. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const server = await startS3Server();
  if (!server && process.env["CI"]) throw new Error("no S3 server, and no Go to build one");
  if (!server) console.warn("No S3 server, and no Go to build one: its tests are skipped.");
  project.provide("s3", server?.access);
  return async () => server?.[Symbol.asyncDispose]();
}
