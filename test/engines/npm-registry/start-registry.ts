import { spawn, type ChildProcess } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { cacheDirectory } from "../../support/cache-directory.ts";
import { mustRun } from "../../support/run-program.ts";
import { installVerdaccio } from "./install-verdaccio.ts";
import { publishTarball, type Publisher, type PublishedPackage } from "./publish-tarball.ts";
import { registryConfig } from "./registry-config.ts";

const startMs = 60_000;

/** A private npm registry of this machine: packages of `@acme` need the token, all others than ours come from npm's. */
export interface NpmRegistry extends AsyncDisposable, Publisher {
  readonly publish: (tarball: string) => Promise<PublishedPackage>;
}

/** Starts verdaccio on a free port, with nothing published. It ends with this process. */
export async function startRegistry(): Promise<NpmRegistry> {
  const installed = await installVerdaccio();
  const directory = await mkdtemp(path.join(tmpdir(), "runnable-registry-"));
  const publicPackages = path.join(cacheDirectory(), "public-packages");
  await mkdir(publicPackages, { recursive: true });
  const configuration = path.join(directory, "config.yaml");
  const places = { directory, publicPackages };
  await writeFile(configuration, registryConfig(places, await upstreamUrl(directory)));

  const serve = path.join(import.meta.dirname, "serve.ts");
  const child = spawn(process.execPath, [serve, installed, configuration], {
    // Its log shows no more than what went wrong.
    stdio: ["pipe", "pipe", "inherit"],
  });
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGKILL");
      await ended;
    }
    await rm(directory, { recursive: true, force: true });
  };
  try {
    const url = `http://127.0.0.1:${await portOf(child)}`;
    const publisher = { url, token: await createUser(url) };
    return {
      ...publisher,
      publish: (tarball) => publishTarball(publisher, tarball),
      [Symbol.asyncDispose]: stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The registry that npm uses on this machine. */
async function upstreamUrl(cwd: string): Promise<string> {
  const argv = ["npm", "config", "get", "registry"];
  return (await mustRun(argv, { cwd, env: process.env, timeoutMs: 30_000 })).trim();
}

function portOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let output = "";
    const timer = setTimeout(() => reject(new Error(`verdaccio is not up: ${output}`)), startMs);
    child.once("exit", (code) => reject(new Error(`verdaccio ended with ${code}: ${output}`)));
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      output = (output + text).slice(-10_000);
      const port = /^port (\d+)$/m.exec(output)?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      resolve(Number(port));
    });
  });
}

/** Gives the token of a new user. Source: npm's npm-profile, `adduserCouch`. */
async function createUser(url: string): Promise<string> {
  const name = "ci";
  const response = await fetch(`${url}/-/user/org.couchdb.user:${name}`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ name, password: "ci-password-1" }),
  });
  const { token } = (await response.json()) as { readonly token?: string };
  if (token === undefined) throw new Error(`verdaccio gave no token: ${response.status}`);
  return token;
}
