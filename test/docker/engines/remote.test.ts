import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { connect, createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

import { beforeAll, describe, expect, inject, it } from "vitest";

import type { DockerEngine } from "../../engines/docker/docker-engine.ts";
import { startSecondEngine, type SecondEngine } from "../../engines/docker/second-engine.ts";
import { startCuttingProxy, type CuttingProxy } from "../../support/cutting-proxy.ts";
import { startProgram } from "../../support/start-program.ts";
import { makeDockerProject, type DockerProject } from "../docker-project.ts";

const shared = inject("dockerEngine") as DockerEngine;

const files = {
  "make.job.ts": `import { mkdir, writeFile } from "node:fs/promises";
import { defineJob } from "@runnable/core";
import { word } from "./word.ts";
export default defineJob({
  secrets: ["TOKEN"],
  catalog: { put: ["out/*.bin"] },
  async run({ secrets }) {
    console.log("making", word);
    await mkdir("out");
    await writeFile("out/a.bin", Buffer.alloc(3_000_000, 7));
    await writeFile("out/b.bin", "b");
    return { length: secrets.TOKEN.length };
  },
});
`,
  "word.ts": `export const word: string = "it";\n`,
};
const secret = { TOKEN: "correct-horse" };

let engine: SecondEngine;
let proxy: CuttingProxy;
/** 0.0.0.0 is this machine, and nothing but the kernel knows: to a client it is an address like that of another machine. */
let far: string;

// Its /tmp, where the projects are, is another than ours.
beforeAll(async () => {
  if (!shared?.own) return undefined;
  const { node: image } = shared.images;
  engine = await startSecondEngine({ image, from: shared.host, elsewhere: true });
  proxy = await startCuttingProxy(engine.socketPath, []);
  far = proxy.address.replace("127.0.0.1", "0.0.0.0");
  return async () => {
    await proxy[Symbol.asyncDispose]();
    await engine[Symbol.asyncDispose]();
  };
}, 300_000);

const makeProject = (settings: object) =>
  makeDockerProject({ ...shared, host: engine.host }, files, settings);

/** The job's run with everything that must come back. */
async function expectWhole(
  project: DockerProject,
  environment: { readonly [name: string]: string },
): Promise<void> {
  const env = { ...secret, ...environment };

  const end = await project.runnable(["run", "make.job.ts", "--json"], { env });
  await project.runnable(["catalog", "get", "latest", "--to", "back"], { env });
  const logs = await project.runnable(["logs", "latest"], { env });

  expect(end.code, end.stderr).toBe(0);
  expect(JSON.parse(end.stdout)).toMatchObject({
    status: "succeeded",
    returns: { length: secret.TOKEN.length },
  });
  expect(Buffer.alloc(3_000_000, 7).equals(Buffer.from(await project.read("back/out/a.bin")))).toBe(
    true,
  );
  expect(await project.read("back/out/b.bin")).toBe("b");
  expect(logs.stdout).toBe("making it\n");
  expect(await project.containers()).toEqual([]);
}

describe.skipIf(!shared?.own)("an engine on another machine", () => {
  it("gets code, and gives back output, outcome and files, with storage: relay", async () => {
    await using project = await makeProject({ storage: "relay" });

    await expectWhole(project, { DOCKER_HOST: far });
  });

  it("is found by the context, too", async () => {
    await using project = await makeProject({ storage: "relay" });
    const DOCKER_CONFIG = project.path("docker-settings");
    const create = ["context", "create", "far", "--docker", `host=${far}`];
    await project.docker("--config", DOCKER_CONFIG, ...create);

    await expectWhole(project, { DOCKER_HOST: "", DOCKER_CONFIG, DOCKER_CONTEXT: "far" });
  });

  it("is refused a store on disk before anything is written, with the remedy", async () => {
    await using project = await makeProject({});

    const env = { ...secret, DOCKER_HOST: far };
    const { code, stdout, stderr } = await project.runnable(["run", "make.job.ts", "--json"], {
      env,
    });

    expect(code).toBe(78);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: "STORAGE_REFUSED" } });
    expect(stderr).toContain("storage to relay");
    expect(project.has(".run_log_store")).toBe(false);
  });

  it("is found out where its address does not show it: a tunnel leads to it", async () => {
    await using project = await makeProject({});

    const env = { ...secret, DOCKER_HOST: proxy.address };
    const { code, stderr } = await project.runnable(["run", "make.job.ts"], { env });

    expect(code).toBe(78);
    expect(stderr).toContain("storage: relay");
    expect(await project.containers()).toEqual([]);
  });

  it("is reached over ssh, and followed by another command", async () => {
    await using project = await makeProject({ storage: "relay" });
    await using server = await startSshServer(engine.socketPath);
    const env = { ...secret, ...server.env };

    await expectWhole(project, env);
    const detached = await project.runnable(["run", "make.job.ts", "--detach", "--run-id", "r"], {
      env,
    });
    const end = await project.json(["attach", "r"], { env });

    expect(detached.code, detached.stderr).toBe(0);
    expect(end).toMatchObject({ status: "succeeded" });
  });
});

interface SshServer extends AsyncDisposable {
  /** With these `docker` reaches the engine over ssh. */
  readonly env: { readonly DOCKER_HOST: string; readonly PATH: string };
}

async function startSshServer(socketPath: string): Promise<SshServer> {
  const directory = await mkdtemp(path.join(tmpdir(), "runnable-ssh-"));
  const port = await freePort();
  const script = path.join(import.meta.dirname, "../../engines/docker/sshd.sh");
  const server = startProgram([script, directory, String(port), socketPath], {
    cwd: directory,
    env: process.env,
    timeoutMs: 300_000,
  });
  await expect.poll(() => answers(port)).toBe(true);
  const PATH = [path.join(directory, "bin"), path.dirname(process.execPath), process.env["PATH"]];
  return {
    env: { DOCKER_HOST: `ssh://root@0.0.0.0:${port}`, PATH: PATH.join(":") },
    [Symbol.asyncDispose]: async () => {
      await server[Symbol.asyncDispose]();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

async function answers(port: number): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
