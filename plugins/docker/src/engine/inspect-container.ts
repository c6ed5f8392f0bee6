import * as z from "zod/mini";

import { engineError } from "./engine-error.ts";
import type { Engine } from "./engine.ts";

/** What the engine tells of a container. */
export interface Container {
  readonly id: string;
  readonly name: string;
  /** ISO 8601, by the engine's clock. */
  readonly createdAt: string;
  /** Digest of the image. */
  readonly image: string;
  readonly labels: { readonly [name: string]: string };
  /** The image's and its own. */
  readonly env: { readonly [name: string]: string };
  /** The image's, or what `--workdir` set; empty: `/`. */
  readonly workdir: string;
  readonly state: ContainerState;
}

/** Source: Docker Engine API v1.41, `ContainerState`. */
export interface ContainerState {
  /** `created`, `running`, `paused`, `restarting`, `removing`, `exited` or `dead`. */
  readonly status: string;
  readonly exitCode: number;
  /** Undefined: the engine does not tell. */
  readonly oomKilled: boolean | undefined;
  /** Why it did not start. */
  readonly error: string;
}

/** What both commands print; a template would need another for each. */
const shape = z.object({
  Id: z.string(),
  // Docker puts a slash before it.
  Name: z.string(),
  Created: z.string(),
  Image: z.string(),
  Config: z.object({
    Labels: z.nullish(z.record(z.string(), z.string())),
    Env: z.nullish(z.array(z.string())),
    WorkingDir: z.optional(z.string()),
  }),
  State: z.object({
    Status: z.string(),
    ExitCode: z.number(),
    OOMKilled: z.optional(z.boolean()),
    Error: z.optional(z.string()),
  }),
});

/** A container by id or name; undefined where the engine has none. @throws RunnableError as `engineError` when it does not answer. */
export async function inspectContainer(
  engine: Engine,
  name: string,
  signal?: AbortSignal,
): Promise<Container | undefined> {
  const argv = ["container", "inspect", name];
  const { exitCode, stdout, stderr } = await engine.ask(argv, signal && { signal });
  if (exitCode !== 0) {
    if (isNoContainer(stderr)) return undefined;
    throw engineError({ program: engine.program, argv, stderr });
  }
  const [found] = z.tuple([shape]).parse(JSON.parse(stdout));
  const { Labels, Env, WorkingDir = "" } = found.Config;
  const { Status, ExitCode, OOMKilled = false, Error: error = "" } = found.State;
  return {
    id: found.Id,
    name: found.Name.replace(/^\//, ""),
    createdAt: found.Created,
    image: found.Image,
    labels: Labels ?? {},
    env: Object.fromEntries((Env ?? []).map(splitVariable)),
    workdir: WorkingDir,
    state: {
      status: Status,
      exitCode: ExitCode,
      // Podman tells it only where the kernel has cgroup v2.
      oomKilled: OOMKilled || (engine.program === "podman" ? undefined : false),
      error,
    },
  };
}

/** Whether a command failed because there is no such container. */
export function isNoContainer(stderr: string): boolean {
  return /no such (?:container|object)/i.test(stderr);
}

function splitVariable(line: string): readonly [string, string] {
  const at = line.indexOf("=");
  return at < 0 ? [line, ""] : [line.slice(0, at), line.slice(at + 1)];
}
