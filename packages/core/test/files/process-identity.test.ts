import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

import { describe, expect, it } from "vitest";

import { isAlive } from "../../src/files/is-alive.ts";
import { processIdentity, processStart } from "../../src/files/process-identity.ts";

describe("isAlive", () => {
  it("knows this process", () => {
    expect(isAlive(processIdentity())).toBe(true);
  });

  it("knows a process that ended", async () => {
    const child = spawn(process.execPath, ["-e", "process.stdin.resume()"], { stdio: "pipe" });
    await once(child, "spawn");
    const pid = child.pid!;
    const identity = { ...processIdentity(), pid, startedAt: processStart(pid)!.startedAt };
    const before = isAlive(identity);

    child.kill("SIGKILL");
    await once(child, "exit");

    expect([before, isAlive(identity)]).toEqual([true, false]);
  });

  it.runIf(process.platform === "linux")("takes a zombie for dead", async () => {
    // The shell becomes a process that never asks for its child's end; until then it would.
    const parent = spawn("sh", ["-c", "sleep 60 & echo $!; exec sleep 60"], { stdio: "pipe" });
    const [line] = await once(createInterface(parent.stdout), "line");
    const pid = Number(line);
    const parentName = `/proc/${parent.pid}/comm`;
    await expect.poll(() => readFileSync(parentName, "utf8"), { timeout: 10_000 }).toBe("sleep\n");
    const identity = { ...processIdentity(), pid, startedAt: processStart(pid)!.startedAt };

    process.kill(pid, "SIGKILL");
    await expect.poll(() => processStart(pid)?.zombie).toBe(true);
    const alive = isAlive(identity);
    parent.kill("SIGKILL");

    expect(alive).toBe(false);
  });

  it("is not deceived by another process of the same id", () => {
    expect(isAlive({ ...processIdentity(), startedAt: "1" })).toBe(false);
  });

  it("knows that nothing lives on after a new start of the machine", () => {
    expect(isAlive({ ...processIdentity(), bootId: "boot-1" })).toBe(false);
  });

  it("can't tell of another host", () => {
    expect(isAlive({ ...processIdentity(), host: "elsewhere.example" })).toBeUndefined();
  });

  it.runIf(process.platform === "linux")(
    "can't tell of a container that has its host's name and process ids of its own",
    () => {
      const { bootId, ...identity } = processIdentity();
      const [boot] = bootId.split("/");

      expect(isAlive({ ...identity, bootId: `${boot}/pid:[1]` })).toBeUndefined();
    },
  );
});
