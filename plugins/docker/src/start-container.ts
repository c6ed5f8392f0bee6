import { setTimeout as sleep } from "node:timers/promises";

import { RunnableError } from "@runnable/plugin";

import { engineError } from "./engine/engine-error.ts";
import type { Engine } from "./engine/engine.ts";
import { inspectContainer } from "./engine/inspect-container.ts";
import { startFaults } from "./start-faults.ts";

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
  // Docker keeps the reason, Podman only tells it.
  if (/unable to start container/i.test(stderr)) {
    await engine.ask(["rm", "--force", "--volumes", id]);
    throw startRefused(stderr);
  }
  throw engineError({ program: engine.program, argv, stderr });
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

function startRefused(stderr: string): RunnableError {
  const fault = startFaults.find(({ pattern }) => pattern.test(stderr));
  const code = fault?.cause === "image" ? "IMAGE_UNRUNNABLE" : "CONTAINER_REFUSED";
  return new RunnableError(code, `the container could not be started: ${stderr.trim()}`, {
    hint: fault?.remedy ?? "Correct what the engine names.",
    exitCode: 78,
  });
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
