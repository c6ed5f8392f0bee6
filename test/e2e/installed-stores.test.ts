import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

import { beforeAll, describe, expect, it } from "vitest";

import { installProject, type PackedProject } from "./packed.ts";

const fixture = path.resolve(import.meta.dirname, "../fixtures/acme-stores");

const stores = `run-log-store: { type: acme-log, config: { folder: records } }
catalog: { type: acme-catalog, config: { folder: kept } }
`;

const files = {
  "make.job.ts": `import { writeFileSync } from "node:fs";
import { defineJob } from "@runnable/core";
export default defineJob({
  catalog: { put: ["made.txt"] },
  run({ parameters }) {
    console.log("making");
    writeFileSync("made.txt", String(parameters.word));
    return { letters: String(parameters.word).length };
  },
});
`,
  "local.yaml": stores,
  "emulator.yaml": `job-executor: { type: emulator }\n${stores}`,
  "mounted.yaml": `job-executor: { type: emulator, config: { storage: mounted } }\n${stores}`,
  "relay.yaml": `job-executor: { type: emulator, config: { storage: relay } }\n${stores}`,
  "broken.yaml": `job-executor: { type: emulator, config: { storage: broken-mount } }\n${stores}`,
};

let project: PackedProject;

beforeAll(async () => {
  project = await installProject(files);
  await project.install(fixture);
  return () => project[Symbol.asyncDispose]();
}, 240_000);

describe.each(["local", "emulator", "mounted", "relay"])(
  "stores of an installed package, %s",
  (name) => {
    it("get the records and the files of a run", async () => {
      const config = `${name}.yaml`;
      const argv = [
        "run",
        "make.job.ts",
        "-c",
        config,
        "-p",
        "word=hello",
        "--run-id",
        name,
        "--json",
      ];
      const { code, stdout, stderr } = await project.run(argv);
      const logs = await project.run(["logs", name, "-c", config]);
      await project.run(["catalog", "get", name, "--to", `out-${name}`, "-c", config]);

      expect(code, stderr).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({ status: "succeeded", returns: { letters: 5 } });
      expect(await readdir(project.path("records", name))).toEqual(
        expect.arrayContaining(["1-outcome.fact", "1-output", "outcome.fact", "run.fact"]),
      );
      expect(logs.stdout).toBe("making\n");
      expect(await readFile(project.path(`out-${name}`, "made.txt"), "utf8")).toBe("hello");
    });
  },
);

it("their proof finds a mount that shows other bytes, and nothing is written there", async () => {
  const argv = ["run", "make.job.ts", "-c", "broken.yaml", "-p", "word=hello", "--json"];
  const { code, stdout } = await project.run(argv);

  expect(JSON.parse(stdout)).toMatchObject({ status: "failed", cause: "storage", exitCode: 78 });
  expect(code).toBe(78);
});

it("a config that their schema refuses is told by key and place", async () => {
  await project.write({
    "wrong.yaml": "run-log-store: { type: acme-log, config: { folder: 3 } }\n",
  });
  const { code, stderr } = await project.run(["run", "make.job.ts", "-c", "wrong.yaml"]);

  expect(code).toBe(78);
  expect(stderr).toContain("Give a folder");
  expect(stderr).toContain("wrong.yaml:1:");
});
