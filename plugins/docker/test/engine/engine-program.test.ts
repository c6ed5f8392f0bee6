import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { expect, it, onTestFinished } from "vitest";

import { engineProgram } from "../../src/engine/engine-program.ts";

/** A directory with programs of these names. */
async function installed(...names: readonly string[]): Promise<{ readonly PATH: string }> {
  const directory = await mkdtemp(path.join(tmpdir(), "runnable-programs-"));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  for (const name of names) {
    await writeFile(path.join(directory, name), "");
    await chmod(path.join(directory, name), 0o755);
  }
  return { PATH: `/nowhere:${directory}` };
}

it.each([
  ["docker", []],
  ["docker", ["docker", "podman"]],
  ["podman", ["podman"]],
] as const)("the engine's command is %s of %j", async (expected, names) => {
  expect(engineProgram({}, await installed(...names))).toBe(expected);
});

it("the settings decide, whatever is installed", async () => {
  const env = await installed("docker", "podman");

  expect(engineProgram({ engine: "podman" }, env)).toBe("podman");
});
