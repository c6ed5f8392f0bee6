import type { RemoteContext } from "@runnable/plugin";

import type { ContainerHandle } from "./container-plan.ts";
import type { DockerConfig } from "./docker-config.ts";
import type { EngineClient } from "./engine/engine-client.ts";
import { inspectContainer } from "./engine/inspect-container.ts";

/** Output of a container from its first byte, until it ends. The engine has no byte offsets, and its clock is not ours. */
export async function* containerLogs(
  { id }: ContainerHandle,
  { client: { engine }, signal }: RemoteContext<DockerConfig, EngineClient>,
): AsyncIterable<Uint8Array> {
  try {
    yield* engine.stream(["logs", "--follow", id], signal);
  } catch (error) {
    // One that never started, or is gone, has nothing to tell, and never will.
    const container = await inspectContainer(engine, id, signal);
    if (container && container.state.status !== "created") throw error;
  }
}
