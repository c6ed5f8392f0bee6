import { mkdir, mkdtemp, readFile, readlink, rm } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { mustRun } from "../../support/run-program.ts";

const startMs = 300_000;

/** A Docker engine of one test, which may do to it what it likes. Its containers have no network. */
export interface SecondEngine extends AsyncDisposable {
  /** For DOCKER_HOST. */
  readonly host: string;
  readonly socketPath: string;
  /** Ends the engine, not its containers' supervisors: SIGTERM as an update does it, SIGKILL as a crash. */
  readonly kill: (signal: "SIGTERM" | "SIGKILL") => Promise<void>;
  /** Starts it again. */
  readonly start: () => Promise<void>;
}

/** What a second engine is like. */
export interface SecondEngineOptions {
  /** Image that it gets of the engine of all tests, which is at `from`. */
  readonly image: string;
  readonly from: string | undefined;
  /** Whether it sees another /tmp than we do, like an engine of another machine; default false. */
  readonly elsewhere?: boolean;
}

/** Starts an engine beside the one of all tests. */
export async function startSecondEngine({
  image,
  from,
  elsewhere = false,
}: SecondEngineOptions): Promise<SecondEngine> {
  const cache = path.join(homedir(), ".cache/runnable-tests");
  await mkdir(cache, { recursive: true });
  const data = await mkdtemp(path.join(cache, "second-"));
  // Short: a socket's path has at most 107 characters.
  const run = await mkdtemp("/run/rn-");
  const socketPath = path.join(run, "docker.sock");
  const host = `unix://${socketPath}`;
  const start = async () => {
    const argv = [path.join(import.meta.dirname, "start.sh"), data, run, "none"];
    await must(elsewhere ? [...inOwnTmp, ...argv] : argv);
  };
  const engine: SecondEngine = {
    host,
    socketPath,
    start,
    kill: async (signal) => {
      const pid = Number(await readFile(path.join(run, "docker.pid"), "utf8"));
      process.kill(pid, signal);
      // Not signal 0: a process that ended and that nobody waited for takes it.
      while (await readlink(`/proc/${pid}/exe`).catch(() => "")) await sleep(50);
      await rm(path.join(run, "docker.pid"), { force: true });
    },
    [Symbol.asyncDispose]: async () => {
      // Containers outlive an engine that was killed; only an engine ends them.
      await start();
      await must(["sh", "-c", removeAll, "sh", host]);
      await must([path.join(import.meta.dirname, "stop.sh"), data, run, "none"]);
      await rm(data, { recursive: true, force: true, maxRetries: 5 });
    },
  };
  try {
    await start();
    const load = `docker --host "$1" save "$2" | docker --host "$3" load --quiet`;
    const source = from ?? (await currentHost());
    await must(["sh", "-c", load, "sh", source, image, host]);
    return engine;
  } catch (error) {
    await engine[Symbol.asyncDispose]();
    throw error;
  }
}

const inOwnTmp = ["unshare", "--mount", "sh", "-c", 'mount -t tmpfs none /tmp && exec "$@"', "sh"];

const removeAll = 'docker --host "$1" ps --all --quiet | xargs -r docker --host "$1" rm --force';

/** Address of the engine that the command finds by itself. */
async function currentHost(): Promise<string> {
  const format = "{{.Endpoints.docker.Host}}";
  return (await must(["docker", "context", "inspect", "--format", format])).trim();
}

function must(argv: readonly string[]): Promise<string> {
  return mustRun(argv, { cwd: import.meta.dirname, env: process.env, timeoutMs: startMs });
}
