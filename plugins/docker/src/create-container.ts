import { RunnableError, type SubmitContext } from "@runnable/plugin";

import type { ContainerPlan } from "./container-plan.ts";
import type { DockerConfig } from "./docker-config.ts";
import type { EngineClient } from "./engine/engine-client.ts";
import { engineError } from "./engine/engine-error.ts";
import { inspectContainer, type Container } from "./engine/inspect-container.ts";
import { pullImage } from "./pull-image.ts";

type Context = SubmitContext<DockerConfig, EngineClient>;

/** A container that is there, and whether a submission before this one came as far as to start it. */
export type CreatedContainer = { readonly id: string; readonly started: boolean };

/**
 * Creates the container, once per name: one of the same attempt that was started is taken as it is, one that never was is made
 * anew, since nobody knows how far its payload came.
 *
 * @throws RunnableError CONTAINER_NAME_TAKEN when the name is somebody else's; as `engineError`.
 */
export async function createContainer(
  plan: ContainerPlan,
  ctx: Context,
): Promise<CreatedContainer> {
  const { engine, rootless } = ctx.client;
  const argv = createArguments(plan, { rootless });
  const { exitCode, stdout, stderr } = await engine.ask(argv, { signal: ctx.signal });
  if (exitCode === 0) return { id: stdout.trim(), started: false };
  if (isNoImage(stderr) && plan.pull === "missing") {
    await pullImage(plan, ctx);
    return createContainer({ ...plan, pull: "never" }, ctx);
  }
  const other = isNameTaken(stderr) ? await inspectContainer(engine, plan.name) : undefined;
  if (!other) throw engineError({ program: engine.program, argv, stderr });
  if (!isOurs(other, ctx)) throw nameTaken(plan.name);
  if (wasStarted(other)) return { id: other.id, started: true };
  await engine.run(["rm", "--force", "--volumes", other.id]);
  return { id: (await engine.run(argv)).trim(), started: false };
}

/** The command line of a plan. Pulling is a step of its own: `create` would do it without a word. */
export function createArguments(
  { name, options, user, image, argv: [program = "node", ...rest] }: ContainerPlan,
  { rootless }: { readonly rootless: boolean },
): readonly string[] {
  const asUser = user === null ? [] : ["--user", user.fallback && rootless ? "0:0" : user.value];
  return [
    "create",
    "--pull",
    "never",
    "--name",
    name,
    ...options,
    ...asUser,
    "--entrypoint",
    program,
    image,
    ...rest,
  ];
}

function isNoImage(stderr: string): boolean {
  return /no such image|image not known/i.test(stderr);
}

function isNameTaken(stderr: string): boolean {
  return /container name .* is already in use/i.test(stderr);
}

function isOurs({ labels }: Container, { runId, attempt }: Context): boolean {
  return labels["runnable/run-id"] === runId && labels["runnable/attempt"] === String(attempt);
}

function wasStarted({ state }: Container): boolean {
  return state.status !== "created";
}

function nameTaken(name: string): RunnableError {
  return new RunnableError(
    "CONTAINER_NAME_TAKEN",
    `a container ${name} is there, and it is not of this run`,
    { hint: `Look at it with \`docker inspect ${name}\`, and rename or remove it.`, exitCode: 78 },
  );
}
