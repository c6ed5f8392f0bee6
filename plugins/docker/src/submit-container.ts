import { mkdir } from "node:fs/promises";
import { Readable } from "node:stream";

import type { Placed, SubmitContext } from "@runnable/plugin";

import type { ContainerHandle, ContainerPlan } from "./container-plan.ts";
import { createContainer } from "./create-container.ts";
import type { DockerConfig } from "./docker-config.ts";
import type { EngineClient } from "./engine/engine-client.ts";
import { payloadArchive } from "./payload-archive.ts";
import { pullImage } from "./pull-image.ts";
import { startContainer } from "./start-container.ts";

/** Creates the container, copies the payload into it and starts it. */
export async function submitContainer(
  plan: ContainerPlan,
  ctx: SubmitContext<DockerConfig, EngineClient>,
): Promise<ContainerHandle> {
  const { client, payload, placements, secrets, signal } = ctx;
  await Promise.all(placements.map(makeSource));
  if (plan.pull === "always") await pullImage(plan, ctx);
  const container = await createContainer(plan, ctx);
  const handle = { id: container.id, name: plan.name };
  if (container.started) return handle;
  const root = plan.root ?? container.workdir;
  const input = Readable.from(payloadArchive(payload.files, root));
  await client.engine.run(["cp", "-", `${container.id}:/`], { input, signal });
  await startContainer(client.engine, container.id, plan.stdin ? secrets : undefined);
  return handle;
}

/** A store's directory may not be there before its first use, and a mount needs it. */
async function makeSource({ need }: Placed): Promise<void> {
  if (need.kind !== "path" || need.what !== "directory" || need.access !== "write") return;
  await mkdir(need.path, { recursive: true });
}
