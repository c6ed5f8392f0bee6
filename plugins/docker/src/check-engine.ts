import { isRunnableError, type HealthFinding, type PlatformContext } from "@runnable/plugin";

import { imageOf, type DockerConfig } from "./docker-config.ts";
import type { EngineClient } from "./engine/engine-client.ts";
import { engineError } from "./engine/engine-error.ts";
import { engineHost, isElsewhere } from "./engine/engine-host.ts";
import { engineProgram } from "./engine/engine-program.ts";

/** More than this, and times of a run's two sides can't be compared. */
const clockSeconds = 5;

type Context = PlatformContext<DockerConfig, EngineClient>;

/** The engine, its clock, and the image: what goes wrong without a container. The canary does the rest. */
export async function* checkEngine(ctx: Context): AsyncGenerator<HealthFinding> {
  yield await checkVersion(ctx);
  yield await checkClock(ctx);
  yield await checkImage(ctx);
}

async function checkVersion({ client, config, signal }: Context): Promise<HealthFinding> {
  const version = await client.engine.run(["version", "--format", "{{.Client.Version}}"], {
    signal,
  });
  const program = engineProgram(config, process.env);
  const host = engineHost(program, process.env);
  const kind = client.rootless ? ", rootless" : "";
  const where = host === undefined ? "" : ` at ${host}`;
  const detail = `${program} ${version.trim()}${kind}${where}`;
  if (!isElsewhere(host)) return { check: "engine", status: "ok", detail };
  return {
    check: "engine",
    status: "warning",
    detail: `${detail}: it is on another machine, which sees no directory of this one`,
    remedy:
      "Set job-executor.config.storage to relay, or use stores that are reached over the network.",
  };
}

async function checkClock({ client, signal }: Context): Promise<HealthFinding> {
  if (client.engine.program === "podman") return { check: "clock", status: "skipped" };
  const argv = ["info", "--format", "{{.SystemTime}}"];
  const asked = Date.now();
  const told = Date.parse((await client.engine.run(argv, { signal })).trim());
  const seconds = Math.abs(told - (asked + Date.now()) / 2) / 1000;
  // Some engines don't tell.
  if (Number.isNaN(seconds)) return { check: "clock", status: "skipped" };
  const detail = `the engine's differs from this machine's by ${seconds.toFixed(1)} s`;
  if (seconds <= clockSeconds) return { check: "clock", status: "ok", detail };
  const remedy = "Set both clocks; an engine in a virtual machine may need a restart after sleep.";
  return { check: "clock", status: "warning", detail, remedy };
}

async function checkImage({ client, config, signal }: Context): Promise<HealthFinding> {
  const image = imageOf(config, engineProgram(config, process.env));
  const argv = ["image", "inspect", "--format", "{{.Os}}/{{.Architecture}}", image];
  const { exitCode, stdout, stderr } = await client.engine.ask(argv, { signal });
  const found = `${image} (${stdout.trim()})`;
  if (exitCode === 0) return { check: "image", status: "ok", detail: found };
  if (config.pull !== "never") {
    return {
      check: "image",
      status: "ok",
      detail: `${image} is not there yet, and will be pulled`,
    };
  }
  const error = engineError({ program: client.engine.program, argv, stderr });
  const remedy = isRunnableError(error) ? error.hint : undefined;
  const detail = `${image} is not there, and is not pulled`;
  return { check: "image", status: "failed", detail, ...(remedy === undefined ? {} : { remedy }) };
}
