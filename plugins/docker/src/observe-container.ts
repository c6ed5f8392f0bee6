import { setTimeout as sleep } from "node:timers/promises";

import type { PlatformStatus, RemoteContext } from "@runnable/plugin";

import type { ContainerHandle } from "./container-plan.ts";
import type { DockerConfig } from "./docker-config.ts";
import { endedSilently, endOfContainer } from "./end-of-container.ts";
import type { EngineClient } from "./engine/engine-client.ts";
import type { Engine } from "./engine/engine.ts";
import { inspectContainer } from "./engine/inspect-container.ts";

const pollMs = 500;
/** Time in which the `start` of a client that has died meanwhile may still take effect. */
const startMs = 3000;

/** States of a container until it ended. `wait` only says when to look: it also returns for a container that never started, and when an engine is stopped. */
export async function* observeContainer(
  { id }: ContainerHandle,
  { client: { engine, started }, signal }: RemoteContext<DockerConfig, EngineClient>,
): AsyncIterable<PlatformStatus> {
  const startsUntil = performance.now() + startMs;
  const look = () => statusOf(id, { engine, signal, startsUntil });
  // Of a container that this process has just started it is known.
  let status: PlatformStatus = started.has(id) ? { state: "running" } : await look();
  // Nobody can say of one that may still start whether it runs.
  while (status.state === "starting") {
    await sleep(pollMs, undefined, { signal });
    status = await look();
  }
  for (;;) {
    yield status;
    if (status.state !== "running") return;
    const { exitCode, stdout } = await engine.ask(["wait", id], { signal });
    // One that started and ended well has no more to tell.
    if (exitCode === 0 && stdout.trim() === "0" && started.has(id)) {
      yield { state: "ended", exitCode: 0, detail: endedSilently };
      return;
    }
    status = await look();
    const isOver = status.state !== "running";
    if (!isOver && (exitCode !== 0 || status.detail !== "running")) {
      await sleep(pollMs, undefined, { signal });
    }
  }
}

interface Look {
  readonly engine: Engine;
  readonly signal: AbortSignal;
  /** By `performance.now()`. */
  readonly startsUntil: number;
}

async function statusOf(
  id: string,
  { engine, signal, startsUntil }: Look,
): Promise<PlatformStatus> {
  const container = await inspectContainer(engine, id, signal);
  if (!container) {
    return { state: "gone", detail: `the engine has no container ${id.slice(0, 12)}` };
  }
  const { status, error } = container.state;
  const mayStart = status === "created" && error === "" && performance.now() < startsUntil;
  if (mayStart) return { state: "starting" };
  return endOfContainer(container.state) ?? { state: "running", detail: status };
}
