import { engineError } from "./engine-error.ts";
import { createEngine, type Engine } from "./engine.ts";

/** The engine of a process, and what it said of itself. */
export interface EngineClient {
  readonly engine: Engine;
  /** Whether its root is an ordinary user of its machine, so that ids in a container are others outside. */
  readonly rootless: boolean;
  /** Containers that this process has seen start. */
  readonly started: Set<string>;
}

/** @throws RunnableError as `engineError` when the engine does not answer: then nothing was submitted. */
export async function connectEngine(signal: AbortSignal): Promise<EngineClient> {
  const engine = createEngine("docker");
  const argv = ["info", "--format", "{{json .SecurityOptions}}"];
  const { exitCode, stdout, stderr } = await engine.ask(argv, { signal });
  // It prints what it knows, and may call that a success.
  const failed = exitCode !== 0 || /cannot connect|permission denied/i.test(stderr);
  if (failed) throw engineError({ program: "docker", argv, stderr });
  return { engine, rootless: stdout.includes("name=rootless"), started: new Set() };
}
