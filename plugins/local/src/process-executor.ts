import { tmpdir } from "node:os";
import { join } from "node:path";

import {
  defineRemoteExecutor,
  type ExecutorFactory,
  type RemoteDefinition,
  type Schema,
} from "@runnable/plugin";
import * as z from "zod/mini";

import { attemptDirectory } from "./process/attempt-directory.ts";
import type { ProcessHandle } from "./process/process-handle.ts";
import { processMethods } from "./process/process-methods.ts";
import type { ProcessPlan } from "./process/process-plan.ts";

const config: Schema<object, object> = z.strictObject({});

const definition: RemoteDefinition<Schema<object, object>, ProcessPlan, ProcessHandle> = {
  ...processMethods,
  config,
  payloadMode: () => "mount" as const,
  interpreter: () => [process.execPath],
  place: (need, { name }) => {
    const directory = attemptDirectory(tmpdir(), name);
    if (need.kind === "path") return { at: "path", path: need.path, shared: true };
    if (need.kind === "endpoint") return { at: "endpoint", url: need.url, shared: true };
    if (need.kind === "values") return { at: "path", path: directory.secrets, shared: false };
    if (need.kind === "files") return { at: "path", path: directory.payload, shared: false };
    return {
      refuse: `another process does not see a store in ${need.kind}`,
      remedy: "Use a run log store on disk, or leave out timeout, retries, isolated and --detach.",
    };
  },
  plan: (ctx): ProcessPlan => {
    const directory = attemptDirectory(tmpdir(), ctx.name);
    const command = ctx.command({
      root: directory.payload,
      workDirectory: directory.work,
      receiptPath: directory.receipt,
    });
    return {
      directory: directory.root,
      argv: [...command.argv],
      env: { ...command.env, RUNNABLE_PLATFORM_ID: ctx.name },
      environment: "inherited",
      cwd: join(directory.root, "cwd"),
      labels: ctx.labels,
      files: ctx.payload.files.map(({ path, digest }) => ({ path, digest })),
      volumes: [],
    };
  },
};

/** `local` under a supervisor: a process of this machine that sees the same disks and the user's environment. */
export const processExecutor: ExecutorFactory<
  Schema<object, object>,
  "remote"
> = defineRemoteExecutor(definition);
