import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import {
  defineRemoteExecutor,
  type ExecutorFactory,
  type Need,
  type PathNeed,
  type PlaceContext,
  type Placement,
  type PlanContext,
  type Refusal,
  type RemoteDefinition,
} from "@runnable/plugin";

import { emulatorConfig, type EmulatorConfig } from "./emulator-config.ts";
import { attemptDirectory } from "./process/attempt-directory.ts";
import type { ProcessHandle } from "./process/process-handle.ts";
import { processMethods } from "./process/process-methods.ts";
import type { ProcessPlan, Volume } from "./process/process-plan.ts";

type Config = typeof emulatorConfig;

const definition: RemoteDefinition<Config, ProcessPlan, ProcessHandle> = {
  ...processMethods,
  config: emulatorConfig,
  mock: ({ mock }) => mock,
  payloadMode: ({ code }) => code,
  interpreter: () => [process.execPath],
  place,
  plan,
};

/** Plays a far platform on this machine: the payload in an empty directory, a bare environment, storage placed as `storage` says. */
const emulator: ExecutorFactory<Config, "remote"> = defineRemoteExecutor(definition);

export default emulator;

declare module "@runnable/plugin" {
  interface RegisteredExecutors {
    readonly emulator: typeof emulator;
  }
}

function place(need: Need, ctx: PlaceContext<EmulatorConfig>): Placement | Refusal {
  const directory = attemptDirectory(tmpdir(), ctx.name);
  if (need.kind === "path") {
    return need.id === "project" ? placeProject(need) : placePath(need, ctx);
  }
  if (need.kind === "endpoint") return { at: "endpoint", url: need.url, shared: true };
  if (need.kind === "values") return { at: "path", path: directory.secrets, shared: false };
  if (need.kind === "files") return { at: "path", path: payloadRoot(ctx), shared: false };
  if (ctx.config.storage === "relay") return { at: "relay" };
  return {
    refuse: `another process does not see a store in ${need.kind}`,
    remedy: "Use a store on disk, or set job-executor.config.storage to relay.",
  };
}

function placeProject(need: Need & PathNeed): Placement {
  return { at: "path", path: need.path, shared: true };
}

function placePath(need: Need & PathNeed, ctx: PlaceContext<EmulatorConfig>): Placement {
  const { volumes } = attemptDirectory(tmpdir(), ctx.name);
  const there = join(volumes, need.id);
  switch (ctx.config.storage) {
    case "same-path":
      return { at: "path", path: need.path, shared: true };
    case "mounted":
      return { at: "path", path: there, shared: "verify", spec: { link: need.path } };
    case "broken-mount":
      return { at: "path", path: there, shared: "verify", spec: { empty: true } };
    case "separate":
      return {
        at: "path",
        path: join(ctx.projectDirectory, ".runnable", "emulator", need.id),
        shared: false,
      };
    case "relay":
      return { at: "relay", path: join(volumes, need.id) };
    default:
      return neverStorage(ctx.config.storage);
  }
}

function neverStorage(storage: never): never {
  throw new Error(`no such storage: ${String(storage)}`);
}

function plan(ctx: PlanContext<EmulatorConfig>): ProcessPlan {
  const directory = attemptDirectory(tmpdir(), ctx.name);
  const { code, image } = ctx.config;
  const command = ctx.command({
    root: payloadRoot(ctx),
    workDirectory: directory.work,
    receiptPath: directory.receipt,
  });
  return {
    directory: directory.root,
    argv: [...command.argv],
    env: { ...command.env, RUNNABLE_PLATFORM_ID: ctx.name },
    environment: "bare",
    cwd: code === "image" ? directory.image : join(directory.root, "cwd"),
    labels: ctx.labels,
    files: ctx.payload.files.map(({ path, digest }) => ({ path, digest })),
    volumes: ctx.placements.flatMap(volumeOf),
    ...(image === undefined ? {} : { image: resolve(ctx.projectDirectory, image) }),
  };
}

function payloadRoot({ name, config }: PlaceContext<EmulatorConfig>): string {
  const directory = attemptDirectory(tmpdir(), name);
  return config.code === "image" ? directory.image : directory.payload;
}

function volumeOf({
  placement,
}: PlanContext<EmulatorConfig>["placements"][number]): readonly Volume[] {
  if (placement.at !== "path" || typeof placement.spec !== "object" || placement.spec === null) {
    return [];
  }
  const link = "link" in placement.spec ? placement.spec.link : undefined;
  return [{ path: placement.path, ...(typeof link === "string" ? { link } : {}) }];
}
