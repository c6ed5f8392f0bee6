import type { RemoteContext } from "@runnable/plugin";

import type { ContainerHandle } from "./container-plan.ts";
import type { DockerConfig } from "./docker-config.ts";
import type { EngineClient } from "./engine/engine-client.ts";
import { engineError } from "./engine/engine-error.ts";
import { isNoContainer } from "./engine/inspect-container.ts";

/** Removes the container and its anonymous volumes, unless the settings keep it. */
export async function removeContainer(
  { id }: ContainerHandle,
  { client: { engine }, config }: RemoteContext<DockerConfig, EngineClient>,
): Promise<void> {
  if (!config.auto_remove_container) return;
  const argv = ["rm", "--force", "--volumes", id];
  const { exitCode, stderr } = await engine.ask(argv);
  if (exitCode !== 0 && !isNoContainer(stderr)) {
    throw engineError({ program: engine.program, argv, stderr });
  }
}
