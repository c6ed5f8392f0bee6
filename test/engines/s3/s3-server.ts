import { spawn, type ChildProcess } from "node:child_process";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { installVersitygw } from "./install-versitygw.ts";

const startMs = 60_000;

/** How the server is reached: plain data, so that it can be handed to tests. */
export interface S3Access {
  /** `http://127.0.0.1:<port>`. */
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** A bucket that is there. */
  readonly bucket: string;
  /** The directory of that bucket: each object is a file. */
  readonly directory: string;
}

/** An S3 server of this machine that checks signatures; it ends with this process. */
export interface S3Server extends AsyncDisposable {
  readonly access: S3Access;
}

/** Starts versitygw on a free port, with one empty bucket; undefined where it can't be had. */
export async function startS3Server(): Promise<S3Server | undefined> {
  const program = await installVersitygw();
  if (program === undefined) return undefined;
  const buckets = await mkdtemp(path.join(tmpdir(), "runnable-s3-"));
  const port = await freePort();
  const access = {
    endpoint: `http://127.0.0.1:${port}`,
    accessKeyId: "test-access-key",
    secretAccessKey: "test-secret-access-key",
    bucket: "runs",
    directory: path.join(buckets, "runs"),
  };
  await mkdir(access.directory);
  const serve = path.join(import.meta.dirname, "serve.ts");
  const child = spawn(process.execPath, [serve, program, String(port), buckets], {
    stdio: ["pipe", "ignore", "inherit"],
    env: {
      ...process.env,
      ROOT_ACCESS_KEY_ID: access.accessKeyId,
      ROOT_SECRET_ACCESS_KEY: access.secretAccessKey,
    },
  });
  const stop = async () => {
    await end(child);
    await rm(buckets, { recursive: true, force: true });
  };
  try {
    await untilAnswers(access.endpoint, child);
  } catch (error) {
    await stop();
    throw error;
  }
  return { access, [Symbol.asyncDispose]: stop };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.stdin?.end();
  await ended;
}

async function untilAnswers(endpoint: string, child: ChildProcess): Promise<void> {
  const deadline = performance.now() + startMs;
  while (performance.now() < deadline && child.exitCode === null) {
    const answer = await fetch(endpoint).catch(() => undefined);
    // Without a signature it refuses: it is up.
    if (answer !== undefined) return;
    await sleep(20);
  }
  throw new Error(`the S3 server does not answer at ${endpoint}`);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
