import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";

import type { Engine } from "../engine/engine.ts";
import type { Container } from "../engine/inspect-container.ts";
import { pathExists } from "../engine/path-exists.ts";

/** Oldest Node that runs a job side. */
const oldest = [22, 19] as const;
/** Source: moby, "DefaultPathEnv". */
const defaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/**
 * Whether the image of a container brings a Node that runs a job side. Images of Node say so in `NODE_VERSION`; in others it is
 * looked for on PATH, once: `~/.cache/runnable/images/<digest>` keeps the answer.
 */
export async function hasNode(engine: Engine, container: Container): Promise<boolean> {
  const { image, env } = container;
  const version = env["NODE_VERSION"];
  if (version !== undefined) return isNewEnough(version);
  const path = env["PATH"] ?? defaultPath;
  const file = answerFile(`${image}\0${path}`, process.env);
  const known = await readFile(file, "utf8").catch(() => undefined);
  if (known !== undefined) return known === "node";
  const found = await isOnPath(engine, container.id, path);
  await keep(file, found ? "node" : "none");
  return found;
}

function answerFile(key: string, env: NodeJS.ProcessEnv): string {
  const cache = env["XDG_CACHE_HOME"] || join(homedir(), ".cache");
  return join(cache, "runnable/images", createHash("sha256").update(key).digest("hex"));
}

// A cache: without it the next run looks again.
async function keep(file: string, answer: string): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, answer);
  } catch {
    // A home that can't be written to.
  }
}

async function isOnPath(engine: Engine, id: string, path: string): Promise<boolean> {
  const directories = path.split(":").filter((directory) => directory.startsWith("/"));
  const found = await Promise.all(
    directories.map((directory) => pathExists(engine, { id, path: `${directory}/node` })),
  );
  return found.includes(true);
}

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.replace(/^v/, "").split(".").map(Number);
  return major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
}
