import { engineError } from "./engine-error.ts";
import type { EngineProgram } from "./engine-program.ts";
import { createEngine, type Engine } from "./engine.ts";

/** The engine of a process, and what it said of itself. */
export interface EngineClient {
  readonly engine: Engine;
  /** Whether its root is an ordinary user of its machine, so that ids in a container are others outside. */
  readonly rootless: boolean;
  /** Containers that this process has seen start. */
  readonly started: Set<string>;
}

/** How an engine tells that it is rootless, and the words of one that is. */
const rootlessQuestions: {
  readonly [program in EngineProgram]: { readonly format: string; readonly yes: string };
} = {
  docker: { format: "{{json .SecurityOptions}}", yes: "name=rootless" },
  podman: { format: "{{.Host.Security.Rootless}}", yes: "true" },
};

/** @throws RunnableError as `engineError` when the engine does not answer: then nothing was submitted. */
export async function connectEngine(
  program: EngineProgram,
  signal: AbortSignal,
): Promise<EngineClient> {
  const engine = createEngine(program);
  const { format, yes } = rootlessQuestions[program];
  const argv = ["info", "--format", format];
  const { exitCode, stdout, stderr } = await engine.ask(argv, { signal });
  // It prints what it knows, and may call that a success.
  const failed = exitCode !== 0 || /cannot connect|permission denied/i.test(stderr);
  if (failed) throw engineError({ program, argv, stderr });
  return { engine, rootless: stdout.includes(yes), started: new Set() };
}
