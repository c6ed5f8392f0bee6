import { existsSync } from "node:fs";
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";

import { mustRun, runProgram } from "../../support/run-program.ts";
import { withLock } from "../../support/with-lock.ts";

/** Images and logs stay here between test runs. */
const data = path.join(homedir(), ".cache/runnable-tests/docker");
/** Short: a socket's path has at most 107 characters. */
const run = "/run/runnable-tests";
const users = path.join(data, "users");
const lock = path.join(data, "lock");

const startMs = 300_000;
/** Name of the images that `image.sh` makes. */
const imageName = "runnable-test";

/** An engine that answers, with the images of the tests. */
export interface DockerEngine {
  /** For DOCKER_HOST; undefined: what the command finds by itself. */
  readonly host: string | undefined;
  /** Whether it is the tests' own, so that they may stop it. */
  readonly own: boolean;
  readonly images: {
    /** With Node. */
    readonly node: string;
    /** The same without. */
    readonly plain: string;
    /** With Node, as a user that is not root. */
    readonly user: string;
  };
}

/**
 * The engine that the command finds, else one of the tests' own, started for `user` until {@link leaveDockerEngine}. Undefined where
 * there is none and none can be started: that takes root on Debian.
 */
export async function useDockerEngine(user: string): Promise<DockerEngine | undefined> {
  const given = process.env["DOCKER_HOST"];
  if (await answers(given)) return withLock(lock, startMs, () => engineAt(given, { own: false }));
  if (process.platform !== "linux" || process.getuid?.() !== 0) return undefined;
  return withLock(lock, 2 * startMs, async () => {
    await mkdir(users, { recursive: true });
    await writeFile(path.join(users, user), "");
    await mustRun([script("start.sh"), data, run], { ...options, env: process.env });
    return engineAt(`unix://${run}/docker.sock`, { own: true });
  });
}

/** Stops the tests' own engine once its last user has left; users whose process ended don't count. */
export async function leaveDockerEngine(user: string): Promise<void> {
  await withLock(lock, startMs, async () => {
    await rm(path.join(users, user), { force: true });
    const others = (await readdir(users).catch(() => [])).filter(lives);
    if (others.length > 0) return;
    await mustRun([script("stop.sh"), data, run], { ...options, env: process.env });
  });
}

const options = { cwd: import.meta.dirname, timeoutMs: startMs } as const;

function script(name: string): string {
  return path.join(import.meta.dirname, name);
}

async function answers(host: string | undefined): Promise<boolean> {
  const end = await runProgram(["docker", "version"], {
    cwd: import.meta.dirname,
    timeoutMs: 10_000,
    env: { ...process.env, ...(host === undefined ? {} : { DOCKER_HOST: host }) },
  }).catch(() => undefined);
  return end?.code === 0;
}

async function engineAt(
  host: string | undefined,
  { own }: { readonly own: boolean },
): Promise<DockerEngine> {
  const env = { ...process.env, ...(host === undefined ? {} : { DOCKER_HOST: host }) };
  await mustRun([script("image.sh"), imageName, process.versions.node], { ...options, env });
  const tag = process.versions.node;
  const images = {
    node: `${imageName}/node:${tag}`,
    plain: `${imageName}/plain:${tag}`,
    user: `${imageName}/user:${tag}`,
  };
  return { host, own, images };
}

/** A user is the id of a process, or a word of somebody who stops the engine by hand. */
function lives(user: string): boolean {
  return !/^\d+$/.test(user) || existsSync(`/proc/${user}`);
}
