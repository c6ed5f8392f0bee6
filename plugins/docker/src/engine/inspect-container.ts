import * as z from "zod/mini";

import { engineError } from "./engine-error.ts";
import type { Engine } from "./engine.ts";

/** What the engine tells of a container. */
export interface Container {
  readonly id: string;
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
  readonly oomKilled: boolean;
  /** Why it did not start. */
  readonly error: string;
}

const shape = z.object({
  id: z.string(),
  image: z.string(),
  labels: z.nullable(z.record(z.string(), z.string())),
  env: z.nullable(z.array(z.string())),
  workdir: z.optional(z.string()),
  state: z.object({
    Status: z.string(),
    ExitCode: z.number(),
    OOMKilled: z.optional(z.boolean()),
    Error: z.optional(z.string()),
  }),
});

const format =
  '{"id":{{json .Id}},"image":{{json .Image}},"labels":{{json .Config.Labels}},"env":{{json .Config.Env}},"workdir":{{json .Config.WorkingDir}},"state":{{json .State}}}';

/** A container by id or name; undefined where the engine has none. @throws RunnableError as `engineError` when it does not answer. */
export async function inspectContainer(
  engine: Engine,
  name: string,
  signal?: AbortSignal,
): Promise<Container | undefined> {
  const argv = ["container", "inspect", "--format", format, name];
  const { exitCode, stdout, stderr } = await engine.ask(argv, signal && { signal });
  if (exitCode !== 0) {
    if (isNoContainer(stderr)) return undefined;
    throw engineError({ program: "docker", argv, stderr });
  }
  const { id, image, labels, env, workdir = "", state } = shape.parse(JSON.parse(stdout));
  return {
    id,
    image,
    labels: labels ?? {},
    env: Object.fromEntries((env ?? []).map(splitVariable)),
    workdir,
    state: {
      status: state.Status,
      exitCode: state.ExitCode,
      oomKilled: state.OOMKilled ?? false,
      error: state.Error ?? "",
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
