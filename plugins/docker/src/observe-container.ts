import { setTimeout as sleep } from "node:timers/promises";

import type { PlatformStatus, RemoteContext } from "@runnable/plugin";

import type { ContainerHandle } from "./container-plan.ts";
import type { DockerConfig } from "./docker-config.ts";
import { endedSilently, endOfContainer } from "./end-of-container.ts";
import type { EngineClient } from "./engine/engine-client.ts";
import { inspectContainer } from "./engine/inspect-container.ts";

const pollMs = 500;
/** Time in which the `start` of a client that has died meanwhile may still take effect. */
const startMs = 3000;

/** States of a container until it ended. `wait` only says when to look: it also returns for a container that never started, and when an engine is stopped. */
export async function* observeContainer(
  { id }: ContainerHandle,
  { client: { engine, started }, signal }: RemoteContext<DockerConfig, EngineClient>,
): AsyncIterable<PlatformStatus> {
  yield { state: "running" };
  const startsUntil = performance.now() + startMs;
  for (;;) {
    const { exitCode, stdout } = await engine.ask(["wait", id], { signal });
    // One that started and ended well has no more to tell.
    if (exitCode === 0 && stdout.trim() === "0" && started.has(id)) {
      yield { state: "ended", exitCode: 0, detail: endedSilently };
      return;
    }
    const container = await inspectContainer(engine, id, signal);
    if (!container) {
      yield { state: "gone", detail: `the engine has no container ${id.slice(0, 12)}` };
      return;
    }
    const { status, error } = container.state;
    const mayStart = status === "created" && error === "" && performance.now() < startsUntil;
    const end = endOfContainer(container.state);
    if (end && !mayStart) {
      yield end;
      return;
    }
    yield { state: "running", detail: status };
    if (exitCode !== 0 || status !== "running") {
      await sleep(pollMs, undefined, { signal });
    }
  }
}
