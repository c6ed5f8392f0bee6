import { setTimeout as sleep } from "node:timers/promises";

import { RunnableError } from "@runnable/plugin";

import { engineError } from "./engine/engine-error.ts";
import type { Engine } from "./engine/engine.ts";
import { inspectContainer } from "./engine/inspect-container.ts";

const pollMs = 50;

/**
 * Starts a container. Secret values go to its standard input, which is attached before it starts: no inspect, file or log
 * holds them.
 *
 * @returns false where it can't be started: it keeps the reason, and whoever observes it reads that.
 */
export async function startContainer(
  engine: Engine,
  id: string,
  secrets: { readonly [name: string]: string } | undefined,
): Promise<boolean> {
  if (secrets !== undefined) return startWithInput(engine, id, `${JSON.stringify(secrets)}\n`);
  const argv = ["start", id];
  const { exitCode, stderr } = await engine.ask(argv);
  if (exitCode === 0) return true;
  if (await keepsReason(engine, id)) return false;
  throw engineError({ program: "docker", argv, stderr });
}

async function startWithInput(engine: Engine, id: string, input: string): Promise<boolean> {
  const attached = engine.feed(["start", "--attach", "--interactive", id], input).then(() => true);
  for (;;) {
    // It goes on until the container ends, so only the engine can tell that it began.
    const ended = await Promise.race([attached, sleep(pollMs, false)]);
    const container = await inspectContainer(engine, id);
    if (!container || container.state.error !== "") return false;
    if (container.state.status !== "created") return true;
    if (ended) throw notStarted(id);
  }
}

async function keepsReason(engine: Engine, id: string): Promise<boolean> {
  const container = await inspectContainer(engine, id);
  return container !== undefined && container.state.error !== "";
}

function notStarted(id: string): RunnableError {
  return new RunnableError(
    "ENGINE_FAILED",
    `the engine did not start container ${id.slice(0, 12)}`,
    {
      hint: "Check that `docker info` answers.",
      exitCode: 75,
    },
  );
}
