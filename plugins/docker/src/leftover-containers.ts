import type { Leftover, LeftoversContext } from "@runnable/plugin";

import type { ContainerHandle } from "./container-plan.ts";
import type { DockerConfig } from "./docker-config.ts";
import type { EngineClient } from "./engine/engine-client.ts";
import { inspectContainer } from "./engine/inspect-container.ts";

/** The containers that carry these labels, also those that never started or have ended. */
export async function* leftoverContainers({
  client: { engine },
  labels,
  signal,
}: LeftoversContext<DockerConfig, EngineClient>): AsyncGenerator<Leftover<ContainerHandle>> {
  const filters = Object.entries(labels).flatMap(([label, value]) => [
    "--filter",
    `label=${label}=${value}`,
  ]);
  const argv = ["ps", "--all", "--quiet", "--no-trunc", ...filters];
  const ids = (await engine.run(argv, { signal })).split("\n").filter((id) => id !== "");
  for (const id of ids) {
    const container = await inspectContainer(engine, id, signal);
    // Removed meanwhile, or none of a run.
    const runId = container?.labels["runnable/run-id"];
    if (container === undefined || runId === undefined) continue;
    const { name, createdAt, labels: own } = container;
    const attempt = Number(own["runnable/attempt"] ?? 1);
    const handle = { id, name };
    yield { handle, runId, attempt, createdAt, description: `container ${name}` };
  }
}
