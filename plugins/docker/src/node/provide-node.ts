import { createReadStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { RunnableError, type SubmitContext } from "@runnable/plugin";

import { containerPaths } from "../container-paths.ts";
import type { ContainerPlan } from "../container-plan.ts";
import type { DockerConfig } from "../docker-config.ts";
import type { EngineClient } from "../engine/engine-client.ts";
import type { Engine } from "../engine/engine.ts";
import type { Container } from "../engine/inspect-container.ts";
import { pathExists } from "../engine/path-exists.ts";
import { mountOption } from "../mount-option.ts";
import { downloadNode } from "./download-node.ts";
import { nodePackage, type NodePackage } from "./node-package.ts";
import { fillNodeVolume, findNodeVolume } from "./node-volume.ts";

type Context = Pick<SubmitContext<DockerConfig, EngineClient>, "client" | "signal" | "log">;

/**
 * The plan with a Node beside the image's own files: in a volume of the engine, named by digest, which all images share.
 *
 * @throws RunnableError IMAGE_WITHOUT_NODE when no Node for the image can be had; as `downloadNode`.
 */
export async function provideNode(
  plan: ContainerPlan,
  container: Container,
  ctx: Context,
): Promise<ContainerPlan> {
  const { engine } = ctx.client;
  const found = await packageFor(engine, plan.image, container);
  const spec = `${found.name}@${process.versions.node}`;
  const source = (await findNodeVolume(engine, spec)) ?? (await newVolume(spec, plan.image, ctx));
  const target = containerPaths.node;
  const mount = mountOption({ type: "volume", source, target, readonly: true });
  const [, ...rest] = plan.argv;
  return {
    ...plan,
    options: [...plan.options, ...mount],
    argv: [`${target}/package/bin/node`, ...rest],
  };
}

async function packageFor(engine: Engine, image: string, { id }: Container): Promise<NodePackage> {
  const platform = await engine.run([
    "image",
    "inspect",
    "--format",
    "{{.Os}} {{.Architecture}}",
    image,
  ]);
  const [os = "", architecture = ""] = platform.trim().split(" ");
  const found = nodePackage(os, architecture);
  if (!found) throw withoutNode(image, `npm has no Node for ${os}/${architecture}`);
  if (await pathExists(engine, { id, path: found.loader })) return found;
  const musl = await pathExists(engine, { id, path: found.muslLoader });
  throw withoutNode(image, musl ? "its libc is musl" : "it has no GNU libc");
}

async function newVolume(
  spec: string,
  image: string,
  { client: { engine }, signal, log }: Context,
): Promise<string> {
  log(`${image} has no Node: bringing ${spec} to the engine, once`);
  const directory = await mkdtemp(join(tmpdir(), "runnable-node-"));
  try {
    const { tarball, integrity } = await downloadNode(spec, directory, signal);
    const digest = Buffer.from(integrity.slice("sha512-".length), "base64").toString("hex");
    const volume = `runnable-node-${digest.slice(0, 16)}`;
    // The engine unpacks what npm packed.
    const archive = () => createReadStream(tarball);
    await fillNodeVolume(engine, { volume, spec, integrity, image, archive });
    return volume;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

function withoutNode(image: string, because: string): RunnableError {
  return new RunnableError(
    "IMAGE_WITHOUT_NODE",
    `${image} has no Node 22.19 or newer, and none can be added: ${because}`,
    {
      hint: "Set job-executor.config.image to one with Node (for example `node:24-alpine`), or to one with the GNU libc.",
      exitCode: 78,
    },
  );
}
