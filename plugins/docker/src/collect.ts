import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { CollectContext, RemoteContext } from "@runnable/plugin";

import { containerPaths } from "./container-paths.ts";
import type { ContainerHandle } from "./container-plan.ts";
import type { DockerConfig } from "./docker-config.ts";
import type { EngineClient } from "./engine/engine-client.ts";

/** The receipt, copied out of the container, also out of one that has ended. */
export async function collectReceipt(
  { id }: ContainerHandle,
  { client: { engine } }: RemoteContext<DockerConfig, EngineClient>,
): Promise<string | undefined> {
  const directory = await mkdtemp(join(tmpdir(), "runnable-receipt-"));
  const file = join(directory, "receipt.json");
  try {
    await engine.ask(["cp", `${id}:${containerPaths.receipt}`, file]);
    return await readFile(file, "utf8").catch(() => undefined);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Catalog files of a relayed catalog; they become the submitter's own. */
export async function collectFiles(
  { id }: ContainerHandle,
  { client: { engine }, from, to }: CollectContext<DockerConfig, EngineClient>,
): Promise<void> {
  await engine.run(["cp", `${id}:${from}/.`, to]);
}
