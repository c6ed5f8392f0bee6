import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

import type { DockerConfig } from "../docker-config.ts";

/** Command of an engine. Their words are the same but for some that are asked for by this name. */
export type EngineProgram = "docker" | "podman";

/** The command that drives the engine: what the settings name, else `docker`, or `podman` where only that is on PATH. */
export function engineProgram(
  { engine }: Pick<DockerConfig, "engine">,
  env: NodeJS.ProcessEnv,
): EngineProgram {
  if (engine !== undefined) return engine;
  return !isOnPath("docker", env) && isOnPath("podman", env) ? "podman" : "docker";
}

function isOnPath(program: string, { PATH = "" }: NodeJS.ProcessEnv): boolean {
  return PATH.split(delimiter).some((directory) => isExecutable(join(directory, program)));
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
