import type { Schema } from "@runnable/plugin";
import * as z from "zod/mini";

import type { EngineProgram } from "./engine/engine-program.ts";

/** One more mount, as `--mount` knows it. */
export interface ExtraMount {
  /** Kind of the mount; default `bind`. */
  readonly type: "bind" | "volume" | "tmpfs";
  /** Directory or file, relative to the project, or name of a volume. */
  readonly source?: string | undefined;
  /** Absolute path in the container. */
  readonly target: string;
  /** Whether the job may not write there; default false. */
  readonly readonly: boolean;
}

/** `job-executor.config` of `docker`. Names and values are the engine's own: `cpus` is what `docker create --cpus` takes. */
export interface DockerConfig {
  /** Command that drives the engine; default `docker`, or `podman` where only that is installed. */
  readonly engine?: "docker" | "podman" | undefined;
  /** Image with Node, or without; default `node:<major>-slim` of the submitter's Node. */
  readonly image?: string | undefined;
  /** The same as `image`, as the Python tool calls it. */
  readonly docker_image?: string | undefined;
  /** When the image is pulled; default `missing`. */
  readonly pull: "missing" | "always" | "never";
  /** Platform of the image, for example `linux/arm64`. */
  readonly platform?: string | undefined;
  /** User or ids; default the submitter on Linux, so that files are theirs: their ids, or root in a rootless engine, which is them outside. Elsewhere the image's user. */
  readonly user?: string | undefined;
  /** Network of the container; default the engine's. `host` reaches services that listen on the submitter's loopback address only. */
  readonly network?: string | undefined;
  /** More entries of `/etc/hosts`, address by name. */
  readonly add_host: { readonly [host: string]: string };
  /** Cores, fractions allowed. */
  readonly cpus?: number | undefined;
  /** Memory limit, for example `512m`. */
  readonly memory?: string | undefined;
  /** Memory and swap together; default the same as `memory`, so that a job that needs more is ended and does not swap. */
  readonly memory_swap?: string | undefined;
  /** GPUs: `all`, a number, or `device=…`. */
  readonly gpus?: string | undefined;
  /** Size of `/dev/shm`, for example `1g`. */
  readonly shm_size?: string | undefined;
  /** Limits by name, `soft` or `soft:hard`. */
  readonly ulimits: { readonly [name: string]: string | number };
  /** Environment variables of the job. They are recorded: secrets go through the secrets store. */
  readonly environment: { readonly [name: string]: string };
  /** More mounts. Stores are mounted by themselves. */
  readonly mounts: readonly ExtraMount[];
  /** More labels of the container. */
  readonly labels: { readonly [name: string]: string };
  /** Whether the engine's init is process 1, which passes signals on and reaps orphans; default true. */
  readonly init: boolean;
  /** Security options, for example `no-new-privileges` or `label=disable`. */
  readonly security_opt: readonly string[];
  /** Capabilities to add. */
  readonly cap_add: readonly string[];
  /** Capabilities to drop. */
  readonly cap_drop: readonly string[];
  /** With `code: image`: where the project is in the image; default the image's own working directory. */
  readonly workdir?: string | undefined;
  /** How code travels: copied in as one file, the project directory mounted, or all of it in the image; default `bundle`. */
  readonly code: "bundle" | "mount" | "image";
  /** `mount`: stores on disk are mounted. `relay`: the container sees no disk of the submitter, and output, outcome and files come back. Default `mount`. */
  readonly storage: "mount" | "relay";
  /** Whether the container is removed once the run has ended; default true. */
  readonly auto_remove_container: boolean;
  /** Record the run as succeeded and run nothing; default false. */
  readonly mock: boolean;
}

/** A mount as it may be written; the type's default is `bind`. */
type MountInput = Pick<ExtraMount, "target"> & {
  readonly [key in "type" | "source" | "readonly"]?: ExtraMount[key] | undefined;
};

/** What may be written. */
export type DockerInput = {
  readonly [key in keyof Omit<DockerConfig, "mounts">]?: DockerConfig[key] | undefined;
} & { readonly mounts?: readonly MountInput[] | undefined };

const text = z.string().check(z.minLength(1));
const texts = z._default(z.array(text), []);
const pairs = z._default(z.record(text, z.string()), {});
/** Source: docs.docker.com, "docker container create": a positive integer, followed by b, k, m or g. */
const size = z.string().check(
  z.regex(/^\d+(?:\.\d+)?[bkmg]?b?$/i, {
    error: "is a number with the unit b, k, m or g, for example 512m",
  }),
);

const mount = z
  .strictObject({
    type: z._default(z.enum(["bind", "volume", "tmpfs"]), "bind"),
    source: z.optional(text),
    target: text.check(z.startsWith("/")),
    readonly: z._default(z.boolean(), false),
  })
  .check(
    z.refine(({ type, source }) => type !== "bind" || source !== undefined, {
      error: "a bind mount needs a source",
      path: ["source"],
    }),
  );

/** Schema of {@link DockerConfig}. */
export const dockerConfig: Schema<DockerInput, DockerConfig> = z
  .strictObject({
    engine: z.optional(z.enum(["docker", "podman"])),
    image: z.optional(text),
    docker_image: z.optional(text),
    pull: z._default(z.enum(["missing", "always", "never"]), "missing"),
    platform: z.optional(text),
    user: z.optional(text),
    network: z.optional(text),
    add_host: pairs,
    cpus: z.optional(z.number().check(z.positive())),
    memory: z.optional(size),
    memory_swap: z.optional(z.union([size, z.literal("-1")])),
    gpus: z.optional(text),
    shm_size: z.optional(size),
    ulimits: z._default(z.record(text, z.union([z.int(), text])), {}),
    environment: pairs,
    mounts: z._default(z.array(mount), []),
    labels: pairs,
    init: z._default(z.boolean(), true),
    security_opt: texts,
    cap_add: texts,
    cap_drop: texts,
    workdir: z.optional(text.check(z.startsWith("/"))),
    code: z._default(z.enum(["bundle", "mount", "image"]), "bundle"),
    storage: z._default(z.enum(["mount", "relay"]), "mount"),
    auto_remove_container: z._default(z.boolean(), true),
    mock: z._default(z.boolean(), false),
  })
  .check(
    z.refine(({ image, docker_image }) => image === undefined || docker_image === undefined, {
      error: "`image` and `docker_image` are the same setting",
      path: ["docker_image"],
    }),
  );

/** The image of a container. Podman knows no registry that a short name would be of. */
export function imageOf({ image, docker_image }: DockerConfig, program: EngineProgram): string {
  const [major = "24"] = process.versions.node.split(".");
  const registry = program === "podman" ? "docker.io/library/" : "";
  return image ?? docker_image ?? `${registry}node:${major}-slim`;
}
