import type { CancelContext } from "@runnable/plugin";

import type { ContainerHandle } from "./container-plan.ts";
import type { DockerConfig } from "./docker-config.ts";
import type { EngineClient } from "./engine/engine-client.ts";
import { engineError } from "./engine/engine-error.ts";
import { isNoContainer } from "./engine/inspect-container.ts";

/** Time for the job side to write its outcome once the job was killed. */
const recordSeconds = 5;

/** Asks the job side to stop, which gives the job its grace; without grace it is asked twice, which leaves the job none. */
export async function cancelContainer(
  { id }: ContainerHandle,
  { client: { engine }, graceSeconds }: CancelContext<DockerConfig, EngineClient>,
): Promise<void> {
  if (graceSeconds === 0) await engine.ask(["kill", "--signal", "TERM", id]);
  const argv = ["stop", "-t", String(graceSeconds + recordSeconds), id];
  const { exitCode, stderr } = await engine.ask(argv);
  if (exitCode !== 0 && !isNoContainer(stderr)) {
    throw engineError({ program: engine.program, argv, stderr });
  }
}
