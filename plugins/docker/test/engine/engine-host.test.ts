import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { expect, it, onTestFinished } from "vitest";

import { engineHost, isElsewhere } from "../../src/engine/engine-host.ts";

async function makeSettings(settings: object, contexts: { readonly [name: string]: string }) {
  const directory = await mkdtemp(path.join(tmpdir(), "runnable-docker-config-"));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  await writeFile(path.join(directory, "config.json"), JSON.stringify(settings));
  for (const [name, host] of Object.entries(contexts)) {
    const id = createHash("sha256").update(name).digest("hex");
    const meta = path.join(directory, "contexts/meta", id);
    await mkdir(meta, { recursive: true });
    const text = JSON.stringify({ Name: name, Endpoints: { docker: { Host: host } } });
    await writeFile(path.join(meta, "meta.json"), text);
  }
  return directory;
}

it("the engine is that of DOCKER_HOST, else of DOCKER_CONTEXT, else of the current context", async () => {
  const contexts = { far: "ssh://me@far", near: "unix:///near.sock" };
  const DOCKER_CONFIG = await makeSettings({ currentContext: "far" }, contexts);

  expect(engineHost("docker", { DOCKER_CONFIG })).toBe("ssh://me@far");
  expect(engineHost("docker", { DOCKER_CONFIG, DOCKER_CONTEXT: "near" })).toBe("unix:///near.sock");
  expect(engineHost("docker", { DOCKER_CONFIG, DOCKER_CONTEXT: "default" })).toBeUndefined();
  expect(engineHost("docker", { DOCKER_CONFIG, DOCKER_HOST: "tcp://x:1" })).toBe("tcp://x:1");
});

it("without settings it is the socket of this machine", () => {
  expect(engineHost("docker", { DOCKER_CONFIG: "/nowhere" })).toBeUndefined();
});

it("Podman's is that of CONTAINER_HOST", () => {
  const env = { DOCKER_HOST: "tcp://x:1", DOCKER_CONFIG: "/nowhere" };

  expect(engineHost("podman", env)).toBeUndefined();
  expect(engineHost("podman", { ...env, CONTAINER_HOST: "ssh://me@far" })).toBe("ssh://me@far");
});

it.each([
  [undefined, false],
  ["unix:///var/run/docker.sock", false],
  ["npipe:////./pipe/docker_engine", false],
  ["tcp://127.0.0.1:2375", false],
  ["tcp://localhost:2375", false],
  ["tcp://10.0.0.7:2376", true],
  ["ssh://me@far", true],
])("%s is on another machine: %s", (host, elsewhere) => {
  expect(isElsewhere(host)).toBe(elsewhere);
});
