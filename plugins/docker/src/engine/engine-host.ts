import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

import type { EngineProgram } from "./engine-program.ts";

const loopback = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;

/**
 * Address of the engine that the command talks to, as far as files and environment tell: `DOCKER_HOST`, else the context of
 * `DOCKER_CONTEXT` or of the command's own settings, and for Podman `CONTAINER_HOST`; undefined: this machine. Sources: docker/cli,
 * "docker context"; podman(1), "--remote".
 */
export function engineHost(program: EngineProgram, env: NodeJS.ProcessEnv): string | undefined {
  if (program === "podman") return env["CONTAINER_HOST"] || undefined;
  if (env["DOCKER_HOST"]) return env["DOCKER_HOST"];
  const directory = env["DOCKER_CONFIG"] || join(env["HOME"] ?? homedir(), ".docker");
  const settings = readJson(join(directory, "config.json"));
  const context = env["DOCKER_CONTEXT"] || textAt(settings, ["currentContext"]);
  if (context === undefined || context === "default") return undefined;
  const id = createHash("sha256").update(context).digest("hex");
  const meta = readJson(join(directory, "contexts/meta", id, "meta.json"));
  return textAt(meta, ["Endpoints", "docker", "Host"]);
}

/** Whether an engine is on another machine, whose directories are not ours. */
export function isElsewhere(host: string | undefined): boolean {
  const url = host === undefined ? undefined : URL.parse(host);
  if (!url || url.protocol === "unix:" || url.protocol === "npipe:") return false;
  return !loopback.test(url.hostname);
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

function textAt(value: unknown, [key, ...rest]: readonly string[]): string | undefined {
  if (key === undefined) return typeof value === "string" && value !== "" ? value : undefined;
  if (typeof value !== "object" || value === null) return undefined;
  return textAt(new Map(Object.entries(value)).get(key), rest);
}
