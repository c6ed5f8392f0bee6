import { createHash } from "node:crypto";
import { mkdtemp, readFile, realpath, symlink, writeFile } from "node:fs/promises";
import path from "node:path";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { bundlers } from "../support/bundlers.ts";
import { directoryWith } from "../support/lone-file.ts";
import type { ProgramEnd } from "../support/run-program.ts";
import { installProject, type PackedProject } from "./packed.ts";

const zod = path.resolve(import.meta.dirname, "../../node_modules/zod");

/** Runs the job on what its arguments name, one line for each. */
const main = `import { createHost, defineConfig, defineJob } from "@runnable/core";
import { localPlugin } from "@runnable/local";
import { defineDirectExecutor } from "@runnable/plugin";
import { z } from "zod";

const mine = defineDirectExecutor({
  config: z.strictObject({ queue_name: z.string().default("q") }),
  executeJob: (ctx) => ctx.run(),
});
const acme = { package: "@acme/platform", version: "1.2.3", executors: { mine } };
const job = defineJob({
  parameters: z.object({ n: z.number(), failures: z.number().default(0) }),
  catalog: { put: ["*.txt"] },
  async run({ parameters, attempt }) {
    if (attempt <= parameters.failures) throw new Error("as asked");
    const { writeFile } = await import("node:fs/promises");
    await writeFile("out.txt", "hello\\n");
    console.log("in the job");
    return { doubled: 2 * parameters.n, sameProcess: process.pid === submitter };
  },
});
const retried = defineJob({ ...job.definition, retries: 1, timeout: "60s" });
const submitter = process.env.RUNNABLE_RUN_ID === undefined ? process.pid : 0;
const host = createHost({ plugins: [localPlugin, acme] });
const choices = {
  default: [job, {}],
  object: [job, { executor: mine({}) }],
  mine: [job, { executor: "mine" }],
  emulator: [job, { executor: "emulator" }],
  retried: [retried, { parameters: { n: 21, failures: 1 } }],
  failing: [job, { parameters: { n: 1, failures: 1 } }],
  "failing far away": [job, { executor: "emulator", parameters: { n: 1, failures: 1 } }],
};
for (const word of process.argv.slice(2)) {
  const [chosen, options] = choices[word];
  const end = await host.executeJob(chosen, { parameters: { n: 21 }, runId: word.replaceAll(" ", "_"), throwOnFailure: false, ...options });
  console.log(JSON.stringify({ word, status: end.status, returns: end.returns, error: end.error?.message, stack: end.error?.stack }));
}
`;

/** A job that its program imports by a path which no bundler sees. */
const apart = `import { createHost } from "@runnable/core";
import { localPlugin } from "@runnable/local";
const { default: job } = await import(process.argv[2]);
const host = createHost({ plugins: [localPlugin] });
for (const executor of ["local", "emulator"]) {
  await host.executeJob(job, { executor }).then(({ status }) => console.log(status), ({ code, exitCode }) => console.log(code, exitCode));
}
`;

let project: PackedProject;
beforeAll(async () => {
  project = await installProject({ "main.ts": main, "apart.ts": apart });
  await symlink(await realpath(zod), project.path("node_modules/zod"));
});
afterAll(() => project[Symbol.asyncDispose]());

describe.each(Object.entries(bundlers))(
  "one file made by %s, alone in a directory,",
  (_, bundle) => {
    let bundles: string;
    beforeAll(async () => {
      bundles = await mkdtemp(project.path("bundles-"));
      for (const name of ["main", "apart"]) {
        await bundle(project.path(`${name}.ts`), path.join(bundles, `${name}.mjs`));
      }
    });

    it("runs its job on local, on executors of its own, and across the process border", async () => {
      await using alone = await directoryWith(path.join(bundles, "main.mjs"));

      const end = await alone.node([
        "main.mjs",
        "default",
        "object",
        "mine",
        "emulator",
        "retried",
      ]);

      const here = { doubled: 42, sameProcess: true };
      const there = { doubled: 42, sameProcess: false };
      expect(results(end), end.stderr).toMatchObject([
        { word: "default", status: "succeeded", returns: here },
        { word: "object", status: "succeeded", returns: here },
        { word: "mine", status: "succeeded", returns: here },
        { word: "emulator", status: "succeeded", returns: there },
        { word: "retried", status: "succeeded", returns: there },
      ]);
      expect(end.stdout.match(/^in the job$/gmu)).toHaveLength(5);
    });

    it("leaves complete records: who ran which code, what it said, gave back and kept", async () => {
      await using alone = await directoryWith(path.join(bundles, "main.mjs"));
      const digest = `sha256:${createHash("sha256")
        .update(await readFile(alone.path("main.mjs")))
        .digest("hex")}`;

      await alone.node(["main.mjs", "mine", "emulator"]);

      expect(await recordOf(alone.directory, "mine")).toMatchObject({
        run: {
          job: { name: "main", file: "main.mjs" },
          parameters: { n: 21 },
          executor: { type: "mine", package: "@acme/platform", version: "1.2.3", digest },
        },
        outcome: {
          status: "succeeded",
          metrics: { doubled: 42 },
          catalog: [{ path: "out.txt" }],
          code: { digest: expect.stringMatching(/^sha256:/u) },
        },
        output: ["in the job"],
      });
      expect(await recordOf(alone.directory, "emulator")).toMatchObject({
        run: {
          executor: { type: "emulator", package: "@runnable/local", digest },
          code: { digest: expect.stringMatching(/^sha256:/u) },
        },
        outcome: { status: "succeeded", by: "job", catalog: [{ path: "out.txt" }] },
        output: ["in the job"],
      });
    });

    it("tells of a failure with the job's own frames", async () => {
      await using alone = await directoryWith(path.join(bundles, "main.mjs"));

      const end = await alone.node(["main.mjs", "failing", "failing far away"]);

      for (const { status, error, stack } of results(end)) {
        expect({ status, error }).toEqual({ status: "failed", error: "as asked" });
        expect(stack?.split("\n")).toHaveLength(2);
      }
    });

    it("obeys a configuration file beside it, and refuses a type that it does not bring", async () => {
      await using alone = await directoryWith(path.join(bundles, "main.mjs"));
      const yaml = alone.path("runnable-config.yaml");

      await writeFile(
        yaml,
        `job-executor: { type: "@acme/platform:mine", config: { queue_name: a } }\n`,
      );
      const known = await alone.node(["main.mjs", "default"]);
      await writeFile(yaml, "job-executor: { type: min }\n");
      const unknown = await alone.node(["main.mjs", "default"]);

      expect(results(known), known.stderr).toMatchObject([{ status: "succeeded" }]);
      expect(unknown.code).not.toBe(0);
      expect(unknown.stderr).toContain("EXECUTOR_NOT_FOUND");
      expect(unknown.stderr).toContain('Did you mean "mine"?');
    });

    it("says so when a job that it does not hold would have to be bundled", async () => {
      await using alone = await directoryWith(path.join(bundles, "apart.mjs"));
      const brand = `{ [Symbol.for("runnable.job")]: 1, definition: { kind: "function", run: () => ({}) }, definedIn: import.meta.url, execute: () => {} }`;
      await writeFile(alone.path("job.mjs"), `const job = ${brand};\nexport default job;\n`);

      const end = await alone.node(["apart.mjs", "./job.mjs"]);

      expect(end.stdout, end.stderr).toBe("succeeded\nBUNDLER_MISSING 78\n");
    });

    it("holds no bundler and imports nothing but Node's own", async () => {
      const text = await readFile(path.join(bundles, "main.mjs"), "utf8");

      expect(text).not.toMatch(/["']rolldown["'/]/u);
      expect(Buffer.byteLength(text)).toBeLessThan(2_500_000);
    });
  },
);

interface Result {
  readonly word: string;
  readonly status: string;
  readonly returns: object;
  readonly error?: string;
  readonly stack?: string;
}

function results({ stdout }: ProgramEnd): readonly Result[] {
  const lines = stdout.split("\n").filter((line) => line.startsWith("{"));
  return lines.map((line) => JSON.parse(line) as Result);
}

/** As the installed command line shows it, and the lines of its output. */
async function recordOf(directory: string, runId: string): Promise<object> {
  const shown = await project.run(["-C", directory, "runs", "show", runId, "--json"]);
  const logs = await project.run(["-C", directory, "logs", runId]);
  return { ...(JSON.parse(shown.stdout) as object), output: logs.stdout.trim().split("\n") };
}
