import { mkdir } from "node:fs/promises";
import { Readable } from "node:stream";

import { RunnableError, type Placed, type SubmitContext } from "@runnable/plugin";

import type { ContainerHandle, ContainerPlan } from "./container-plan.ts";
import { createContainer, type CreatedContainer } from "./create-container.ts";
import type { DockerConfig } from "./docker-config.ts";
import type { EngineClient } from "./engine/engine-client.ts";
import type { Engine } from "./engine/engine.ts";
import { inspectContainer, type Container } from "./engine/inspect-container.ts";
import { hasNode } from "./node/image-node.ts";
import { payloadArchive } from "./payload-archive.ts";
import { pullImage } from "./pull-image.ts";
import { startContainer } from "./start-container.ts";

type Context = SubmitContext<DockerConfig, EngineClient>;

/** Creates the container, copies the payload into it and starts it. */
export async function submitContainer(plan: ContainerPlan, ctx: Context): Promise<ContainerHandle> {
  const { client, placements, secrets } = ctx;
  await Promise.all(placements.map(makeSource));
  if (plan.pull === "always") await pullImage(plan, ctx);
  const { id, started } = await createReady(plan, ctx);
  if (!started && (await startContainer(client.engine, id, plan.stdin ? secrets : undefined))) {
    client.started.add(id);
  }
  return { id, name: plan.name };
}

/** A container with the payload in it and a Node that runs it; none is left where that fails. */
async function createReady(plan: ContainerPlan, ctx: Context): Promise<CreatedContainer> {
  const created = await createContainer(plan, ctx);
  if (created.started) return created;
  const remove = () => ctx.client.engine.run(["rm", "--force", "--volumes", created.id]);
  try {
    const provided = await fillContainer(created.id, plan, ctx);
    if (provided === plan) return created;
    await remove();
    return await createReady(provided, ctx);
  } catch (error) {
    await remove().catch(() => undefined);
    throw error;
  }
}

/** The plan, or the one that brings a Node, for which another container must be created. */
async function fillContainer(
  id: string,
  plan: ContainerPlan,
  ctx: Context,
): Promise<ContainerPlan> {
  const { engine } = ctx.client;
  if (plan.root === null) {
    await copyPayload(id, (await inspected(engine, id)).workdir || "/", ctx);
    return plan;
  }
  const [container] = await Promise.all([inspected(engine, id), copyPayload(id, plan.root, ctx)]);
  if (plan.argv[0] !== "node" || (await hasNode(engine, container))) return plan;
  const { provideNode } = await import("./node/provide-node.ts");
  return provideNode(plan, container, ctx);
}

async function copyPayload(id: string, root: string, ctx: Context): Promise<void> {
  const { client, payload, signal } = ctx;
  const input = Readable.from(payloadArchive(payload.files, root));
  await client.engine.run(["cp", "-", `${id}:/`], { input, signal });
}

async function inspected(engine: Engine, id: string): Promise<Container> {
  const container = await inspectContainer(engine, id);
  if (container) return container;
  throw new RunnableError(
    "ENGINE_FAILED",
    `somebody removed container ${id.slice(0, 12)} before it was started`,
    { hint: "Run the job again.", exitCode: 75 },
  );
}

/** A store's directory may not be there before its first use, and a mount needs it. */
async function makeSource({ need }: Placed): Promise<void> {
  if (need.kind !== "path" || need.what !== "directory" || need.access !== "write") return;
  await mkdir(need.path, { recursive: true });
}
