import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { existsSync } from "node:fs";

import { describe, expect, inject, it } from "vitest";

import type { DockerEngine } from "../engines/docker/docker-engine.ts";
import { runnableArguments } from "../support/copied-project.ts";
import { startCuttingProxy } from "../support/cutting-proxy.ts";
import { makeDockerProject, type DockerProject } from "./docker-project.ts";

const engine = inject("dockerEngine") as DockerEngine;
/** The proxy sits between command and socket. */
const socketPath = engine?.host?.startsWith("unix://")
  ? engine.host.slice("unix://".length)
  : "/var/run/docker.sock";
const MB = 1_000_000;

const files = {
  "prints.job.ts": `import { createHash } from "node:crypto";
import { defineJob } from "@runnable/core";
const text = Buffer.from(("ä€𝄞 a line of some length\\n" + "ж".repeat(9000) + "€\\n").repeat(40));
export default defineJob({
  async run({ parameters }) {
    const hash = createHash("sha256");
    // No multiple of a character's, so that writes end within characters, at another byte each time.
    const chunkBytes = 65_521;
    let at = 0;
    for (let left = parameters.bytes; left > 0; ) {
      const chunk = text.subarray(at, at + Math.min(chunkBytes, left, text.length - at));
      at = (at + chunk.length) % text.length;
      left -= chunk.length;
      hash.update(chunk);
      if (!process.stdout.write(chunk)) await new Promise((resolve) => process.stdout.once("drain", resolve));
    }
    return { sha256: hash.digest("hex") };
  },
});
`,
};

interface Printed {
  readonly code: number | null;
  readonly bytes: number;
  readonly sha256: string;
  readonly stderr: string;
}

/** Runs the job that prints, and digests what comes out of the command. */
async function print(project: DockerProject, bytes: number, host: string): Promise<Printed> {
  const args = ["run", "prints.job.ts", "--run-id", "r", "-p", `bytes=${bytes}`];
  const [program, argv, options] = runnableArguments(project.directory, args, {
    DOCKER_HOST: host,
  });
  const child = spawn(program, argv, { ...options, stdio: ["ignore", "pipe", "pipe"] });
  const hash = createHash("sha256");
  const received = { bytes: 0, stderr: "" };
  child.stdout.on("data", (chunk: Buffer) => {
    hash.update(chunk);
    received.bytes += chunk.length;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => (received.stderr += text));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, ...received, sha256: hash.digest("hex") };
}

async function returnedBy(project: DockerProject): Promise<unknown> {
  const { outcome } = await project.json(["runs", "show", "r"]);
  return (outcome as { readonly returns: unknown }).returns;
}

describe.skipIf(!engine || !existsSync(socketPath))("output of a container", () => {
  // Relayed, the stream is all there is; mounted, what is missing could come from the store.
  it.each(["mount", "relay"])(
    "is whole and in order though its stream is cut again and again, storage %s",
    async (storage) => {
      await using project = await makeDockerProject(engine, files, { storage });
      await using proxy = await startCuttingProxy(socketPath, [50_000, 50_001, MB, 3 * MB, 5 * MB]);

      const printed = await print(project, 8 * MB, proxy.address);

      expect(printed.code, printed.stderr).toBe(0);
      expect(proxy.cuts()).toBe(5);
      expect(printed.bytes).toBe(8 * MB);
      expect(await returnedBy(project)).toEqual({ sha256: printed.sha256 });
      expect(await project.containers()).toEqual([]);
    },
  );

  it("of 100 MB is what the job printed, byte for byte", { timeout: 300_000 }, async () => {
    await using project = await makeDockerProject(engine, files);

    const printed = await print(project, 100 * MB, engine.host ?? "");

    expect(printed.code, printed.stderr).toBe(0);
    expect(printed.bytes).toBe(100 * MB);
    expect(await returnedBy(project)).toEqual({ sha256: printed.sha256 });
  });
});
