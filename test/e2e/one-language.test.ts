import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";

import { describe, expect, it } from "vitest";

import { openProject, projectNames, refusedNames, type Project } from "../support/one-language.ts";

const bin = path.resolve(import.meta.dirname, "../../packages/cli/src/bin.ts");

describe("one job file is one language", () => {
  it.each(projectNames)("on local and emulator: %s", async (name) => {
    await using project = openProject(name);

    const [local, emulator] = await Promise.all([
      runJob(project, ["--executor", "local"]),
      runJob(project, ["--executor", "emulator"]),
    ]);

    const { returns, refused } = project.expected;
    const succeeded = { status: "succeeded", returns };
    expect(local).toMatchObject(succeeded);
    expect(emulator).toMatchObject(refused ? { error: { code: refused.code } } : succeeded);
  });

  it.each([...refusedNames, "typescript-syntax", "worker", "assets"])(
    "on an emulator that sees the project: %s",
    async (name) => {
      await using project = openProject(name);
      const config = path.join(project.directory, "mount.yaml");
      writeFileSync(config, "job-executor: { type: emulator, config: { code: mount } }\n");

      const emulator = await runJob(project, ["--config", config]);

      expect(emulator).toMatchObject({ status: "succeeded", returns: project.expected.returns });
    },
  );
});

/** The last line of `runnable run … --json`, whatever the exit code. */
function runJob(
  { directory, file, exportName }: Project,
  options: readonly string[],
): Promise<unknown> {
  const job = exportName === "default" ? file : `${file}#${exportName}`;
  const argv = [bin, "run", job, "--json", ...options];
  const env = { HOME: directory, PATH: process.env["PATH"] };
  return new Promise((resolve, reject) => {
    execFile(process.execPath, argv, { cwd: directory, env }, (_, stdout, stderr) => {
      const line = stdout.trimEnd().split("\n").at(-1);
      if (line === undefined || !line.startsWith("{")) return reject(new Error(stdout + stderr));
      resolve(JSON.parse(line));
    });
  });
}
