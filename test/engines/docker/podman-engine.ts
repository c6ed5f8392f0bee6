import { mkdir, mkdtemp, rm } from "node:fs/promises";
import path from "node:path";

import { mustRun } from "../../support/run-program.ts";

const startMs = 300_000;

/** Podman with a store of its own, which is removed at the end. */
export interface PodmanEngine extends AsyncDisposable {
  /** Its command, before the words for it. */
  readonly command: readonly string[];
  /** By which the command finds the store. */
  readonly env: { readonly [name: string]: string };
}

/** Who uses it; without ids root, who may more. */
export interface PodmanOptions {
  /** Images that it gets of the engine of all tests, which is at `from`. */
  readonly images: readonly string[];
  readonly from: string | undefined;
  readonly user?: { readonly uid: number; readonly gid: number };
}

/** Sets Podman up, installing it where it is missing: that takes root on Debian. */
export async function usePodman({ images, from, user }: PodmanOptions): Promise<PodmanEngine> {
  // Not in /tmp: a file system in memory can't be under an overlay everywhere.
  const data = await mkdtemp("/var/tmp/runnable-podman-");
  const run = await mkdtemp("/run/runnable-podman-");
  const env = {
    HOME: path.join(data, "home"),
    XDG_RUNTIME_DIR: path.join(run, "xdg"),
    CONTAINERS_CONF: path.join(data, "containers.conf"),
    CONTAINERS_STORAGE_CONF: path.join(data, "storage.conf"),
  };
  const command = user ? [...asUser(user), "podman"] : ["podman"];
  const must = (argv: readonly string[]) =>
    mustRun(argv, { cwd: "/", env: { ...process.env, ...env }, timeoutMs: startMs });
  const dispose = async () => {
    await must([...command, "system", "reset", "--force"]).catch(() => undefined);
    await rm(data, { recursive: true, force: true, maxRetries: 5 });
    await rm(run, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    await must([path.join(import.meta.dirname, "podman.sh"), data, run]);
    await mkdir(env.HOME);
    await mkdir(env.XDG_RUNTIME_DIR);
    if (user) await must(["chown", "-R", `${user.uid}:${user.gid}`, data, run]);
    const source = from === undefined ? [] : ["--host", from];
    const load = `docker ${source.join(" ")} save ${images.join(" ")} | "$@" load --quiet`;
    await must(["sh", "-c", load, "sh", ...command]);
    return { command, env, [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

function asUser({ uid, gid }: { readonly uid: number; readonly gid: number }): readonly string[] {
  return ["setpriv", "--reuid", String(uid), "--regid", String(gid), "--clear-groups"];
}
