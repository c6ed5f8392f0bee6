import type { RemoteContext } from "@runnable/plugin";

import type { ContainerHandle } from "./container-plan.ts";
import type { DockerConfig } from "./docker-config.ts";
import type { EngineClient } from "./engine/engine-client.ts";
import { inspectContainer } from "./engine/inspect-container.ts";

/** The container of an attempt by its name, also one that never started: whoever observes it is told so. */
export async function findContainer(
  key: string,
  { client, runId }: RemoteContext<DockerConfig, EngineClient>,
): Promise<ContainerHandle | undefined> {
  const container = await inspectContainer(client.engine, key);
  if (container?.labels["runnable/run-id"] !== runId) return undefined;
  return { id: container.id, name: key };
}
