import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

import { expect, it } from "vitest";

import { processStart } from "../../src/files/process-identity.ts";

const module = fileURLToPath(new URL("../../src/execute/spawn-command.ts", import.meta.url));

/** Runs a command that tells its process id and then sleeps. */
const source = `
  const { spawnCommand } = await import(${JSON.stringify(module)});
  await spawnCommand({
    argv: ["/bin/sh", "-c", "sleep 0.3; echo $$; exec sleep 60"],
    workingDirectory: "/",
    env: { PATH: process.env.PATH },
    signal: new AbortController().signal,
    ownProcessGroup: true,
    graceMs: 100,
  });`;

it("a command does not outlive the process that runs it, though that one is killed", async () => {
  const parent = spawn(process.execPath, ["--input-type=module", "-e", source], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [chunk] = await once(parent.stdout, "data");
  const pid = Number(String(chunk));

  parent.kill("SIGKILL");

  const deadline = Date.now() + 10_000;
  while (lives(pid) && Date.now() < deadline) await sleep(50);
  expect(lives(pid)).toBe(false);
});

/** A zombie has ended, however late its new parent asks. */
function lives(pid: number): boolean {
  const found = processStart(pid);
  return found !== undefined && !found.zombie;
}
