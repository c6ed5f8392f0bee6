import type { SubmitContext } from "@runnable/plugin";

import type { ContainerPlan } from "./container-plan.ts";
import type { DockerConfig } from "./docker-config.ts";
import type { EngineClient } from "./engine/engine-client.ts";

type Context = Pick<
  SubmitContext<DockerConfig, EngineClient>,
  "client" | "config" | "signal" | "log"
>;

/** Brings the image to the engine. @throws RunnableError as `engineError` when it can't be had. */
export async function pullImage({ image }: ContainerPlan, ctx: Context): Promise<void> {
  const { client, config, signal, log } = ctx;
  log(`pulling ${image}`);
  const platform = config.platform === undefined ? [] : ["--platform", config.platform];
  await client.engine.run(["pull", "--quiet", ...platform, image], { signal });
}
