import { mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { lastJson } from "../support/copied-project.ts";
import { nodeBinary } from "../support/node-binary.ts";
import { packedPackages } from "../support/packed-packages.ts";
import { runProgram, type ProgramEnd } from "../support/run-program.ts";

/** The oldest that the packages support, and the newest there was. */
const versions = ["22.19.0", "26.10.0"];

const root = path.resolve(import.meta.dirname, "../..");
const setupMs = 300_000;
const unitTestsMs = 900_000;

const job = `
import { defineJob } from "@runnable/core";
export default defineJob({
  async run({ parameters }) {
    console.log("working");
    if (parameters.fail === true) process.exit(3);
    return { node: process.version };
  },
});
`;

describe.each(await Promise.all(versions.map(withBinary)))(
  "Node $version",
  ({ version, directory }) => {
    let project = "";

    beforeAll(async () => {
      project = await realpath(await mkdtemp(path.join(tmpdir(), "runnable-node-")));
      const { modules } = await packedPackages();
      await symlink(modules, path.join(project, "node_modules"));
      await writeFile(path.join(project, "package.json"), `{ "type": "module" }\n`);
      await writeFile(path.join(project, "my.job.ts"), job);
    }, setupMs);

    afterAll(() => rm(project, { recursive: true, force: true }));

    it.skipIf(directory === undefined).each(["local", "emulator"])(
      "runs a job of the packed packages on %s, and finds it again",
      async (executor) => {
        const run = await runnable(["run", "my.job.ts", "--executor", executor, "--json"]);
        const listed = await runnable(["runs", "list", "--json"]);

        expect(run.code, run.stderr).toBe(0);
        const result = lastJson(run);
        expect(result).toMatchObject({ status: "succeeded", returns: { node: `v${version}` } });
        expect(lastJson(listed)).toContainEqual(
          expect.objectContaining({ runId: runIdOf(result), executor, status: "succeeded" }),
        );
      },
    );

    it.skipIf(directory === undefined).each(["local", "emulator"])(
      "ends with the status of a job that fails on %s",
      async (executor) => {
        const run = await runnable(["run", "my.job.ts", "-p", "fail=true", "--executor", executor]);

        expect(run.code, run.stderr).toBe(3);
      },
    );

    // The same files as the unit tests of this run, once more: a minute that only CI spends.
    it.skipIf(directory === undefined || process.env["CI"] === undefined)(
      "passes the unit tests from sources",
      { timeout: unitTestsMs },
      async () => {
        const vitest = path.join(root, "node_modules/vitest/vitest.mjs");
        const end = await node([vitest, "run", "--project", "unit", "--reporter", "dot"], root);

        expect(end.code, end.stdout + end.stderr).toBe(0);
      },
    );

    function runnable(args: readonly string[]): Promise<ProgramEnd> {
      return node([path.join(project, "node_modules/@runnable/cli/dist/bin.js"), ...args], project);
    }

    function node(argv: readonly string[], cwd: string): Promise<ProgramEnd> {
      const bin = directory ?? "";
      const PATH = [bin, process.env["PATH"] ?? ""].join(path.delimiter);
      const env = { ...process.env, PATH, NO_COLOR: "1", FORCE_COLOR: undefined };
      return runProgram([path.join(bin, "node"), ...argv], { cwd, env, timeoutMs: unitTestsMs });
    }
  },
);

async function withBinary(
  version: string,
): Promise<{ readonly version: string; readonly directory: string | undefined }> {
  return { version, directory: await nodeBinary(version) };
}

function runIdOf(result: unknown): unknown {
  return typeof result === "object" && result !== null && "runId" in result
    ? result.runId
    : undefined;
}
