import { resolve } from "node:path";

import type { PlanContext, Placed } from "@runnable/plugin";

import { configOptions } from "./config-options.ts";
import { containerPaths } from "./container-paths.ts";
import type { ContainerPlan } from "./container-plan.ts";
import { imageOf, type DockerConfig } from "./docker-config.ts";
import { engineProgram } from "./engine/engine-program.ts";
import { mountOption } from "./mount-option.ts";
import { gatewayHost } from "./place.ts";

/** The container of an attempt. */
export function planContainer(ctx: PlanContext<DockerConfig>): ContainerPlan {
  const { config, name, payload, placements, labels, projectDirectory } = ctx;
  const root = config.code === "image" ? (config.workdir ?? null) : containerPaths.payload;
  const { argv, env } = ctx.command({
    root: root ?? ".",
    workDirectory: containerPaths.work,
    receiptPath: containerPaths.receipt,
  });
  const user = userOf(config);
  const environment = {
    // Ids that the image does not know have "/" as their home, where they may not write.
    ...(user?.fallback ? { HOME: containerPaths.home } : {}),
    ...config.environment,
    ...env,
    RUNNABLE_PLATFORM_ID: name,
  };
  const stdin = placements.some(({ placement }) => placement.at === "stdin");
  return {
    name,
    image: imageOf(config, engineProgram(config, process.env)),
    pull: config.pull,
    options: [
      ...configOptions({ ...config, labels: { ...config.labels, ...labels } }),
      ...logOptions,
      ...(stdin ? ["--interactive"] : []),
      ...Object.entries(environment).flatMap(([key, value]) => ["--env", `${key}=${value}`]),
      ...config.mounts.flatMap((mount) => mountOption(absolute(mount, projectDirectory))),
      ...placements.flatMap(placementOptions),
    ],
    user,
    argv: [...argv],
    stdin,
    root,
    files: payload.files.map(({ path, digest }) => ({ path, digest })),
  };
}

/** Whole, whatever the engine's defaults are: some drivers can't be read again, and others keep only the last megabytes. */
const logOptions = ["--log-driver", "json-file", "--log-opt", "max-size=1000g"] as const;

function userOf({ user }: DockerConfig): ContainerPlan["user"] {
  if (user !== undefined) return { value: user, fallback: false };
  if (process.platform !== "linux") return null;
  return { value: `${process.getuid?.()}:${process.getgid?.()}`, fallback: true };
}

type Mount = DockerConfig["mounts"][number];

function absolute(mount: Mount, projectDirectory: string): Mount {
  const { type, source } = mount;
  if (type !== "bind" || source === undefined) return mount;
  return { ...mount, source: resolve(projectDirectory, source) };
}

function placementOptions({ placement }: Placed): readonly string[] {
  const { spec } = placement as { readonly spec?: unknown };
  if (typeof spec !== "object" || spec === null) return [];
  if (placement.at === "endpoint") return ["--add-host", `${gatewayHost}:host-gateway`];
  if (placement.at !== "path" || !("source" in spec) || typeof spec.source !== "string") return [];
  const readonly = "readonly" in spec && spec.readonly === true;
  return mountOption({ type: "bind", source: spec.source, target: placement.path, readonly });
}
