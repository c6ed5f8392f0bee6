import { describe, expect, it } from "vitest";
import * as z from "zod";

import { defineJob } from "../../src/jobs/define-job.ts";
import type { Job } from "../../src/jobs/job.ts";
import type { ParameterSources } from "../../src/jobs/parameter-sources.ts";
import { readParameters } from "../../src/jobs/read-parameters.ts";
import { temporaryProject } from "./temporary-project.ts";

const any = defineJob({ run() {} });
const train = jobWith(
  z.object({
    epochs: z.int().default(3),
    learningRate: z.number().default(0.1),
    name: z.string().default("x"),
    shuffle: z.boolean().default(false),
    note: z.string().optional(),
  }),
);

function jobWith(parameters: z.ZodType): Job {
  return defineJob({ parameters, run() {} });
}

function read(job: Job, sources: Partial<ParameterSources>) {
  return readParameters(job, { env: {}, ...sources });
}

describe("precedence", () => {
  const yaml = "epochs: 1\nlearningRate: 0.2\nname: file\n";

  it("goes from the schema's defaults over file and environment to the command line", async () => {
    await using project = await temporaryProject({ "p.yaml": yaml });

    const parameters = await read(train, {
      file: project.path("p.yaml"),
      env: { RUNNABLE_PRM_LEARNINGRATE: "0.3", RUNNABLE_PRM_name: "env" },
      arguments: ["name=argument"],
    });

    expect(parameters).toEqual({ epochs: 1, learningRate: 0.3, name: "argument", shuffle: false });
  });

  it("puts values in code above the environment", async () => {
    const env = { RUNNABLE_PRM_epochs: "4" };

    expect(await read(train, { env, inCode: { epochs: 5 } })).toMatchObject({ epochs: 5 });
  });

  it.each([
    ["replaces the file that code names", { fileInCode: "code.yaml" }, "env"],
    ["stands alone", {}, "env"],
    ["yields to the file of the command line", { file: "argument.yaml" }, "argument"],
  ])("lets RUNNABLE_PARAMETERS_FILE be where it %s", async (_, files, name) => {
    await using project = await temporaryProject({
      "code.yaml": "name: code",
      "argument.yaml": "name: argument",
      "env.json": `{ "name": "env" }`,
    });
    const at = Object.fromEntries(
      Object.entries(files).map(([key, file]) => [key, project.path(file)]),
    );

    const parameters = await read(any, {
      ...at,
      env: { RUNNABLE_PARAMETERS_FILE: project.path("env.json") },
    });

    expect(parameters).toEqual({ name });
  });

  it("takes the last of several arguments", async () => {
    expect(await read(any, { arguments: ["a=1", "a=2"] })).toEqual({ a: 2 });
  });
});

describe("text", () => {
  it.each([
    ["a=5", 5],
    ["a=1e-3", 0.001],
    ["a=true", true],
    ["a=True", true],
    ["a=False", false],
    ["a=null", null],
    ["a=[1, 2]", [1, 2]],
    [`a={"b": 1}`, { b: 1 }],
    [`a="5"`, "5"],
    ["a=hello", "hello"],
    ["a=", ""],
    ["a=x=y", "x=y"],
    ["a=NaN", "NaN"],
    ["a=12345678901234567890", "12345678901234567890"],
    ["a= é $(x) 'q' \n", " é $(x) 'q' \n"],
  ])("%j is decoded where no schema tells", async (argument, value) => {
    expect(await read(any, { arguments: [argument] })).toEqual({ a: value });
  });

  it.each([
    ["5", "5"],
    ["true", "true"],
    ["True", "True"],
    ["null", "null"],
    [`{"a": 1}`, `{"a": 1}`],
    [`"quoted"`, "quoted"],
  ])("%j stays text for a text parameter, as %j", async (text, value) => {
    const parameters = await read(train, {
      arguments: [`name=${text}`],
      env: { RUNNABLE_PRM_note: text },
    });

    expect(parameters).toMatchObject({ name: value, note: value });
  });

  it.each(["False", "false"])(
    "%s is false, also for a schema that takes all text for true",
    async (text) => {
      const job = jobWith(z.object({ flag: z.coerce.boolean() }));

      expect(await read(job, { env: { RUNNABLE_PRM_FLAG: text } })).toEqual({ flag: false });
    },
  );

  it("is taken as it is only where it must be", async () => {
    const job = jobWith(z.object({ id: z.union([z.number(), z.string()]), tag: z.string() }));

    expect(await read(job, { arguments: ["id=7", "tag=7"] })).toEqual({ id: 7, tag: "7" });
  });
});

describe("names of the environment", () => {
  it("are matched without regard to case against schema and file", async () => {
    await using project = await temporaryProject({ "p.yaml": "maxDepth: 1" });
    const env = {
      RUNNABLE_PRM_MAXDEPTH: "2",
      RUNNABLE_PRM_EPOCHS: "4",
      RUNNABLE_PRM_batchSize: "8",
    };

    const parameters = await read(any, { file: project.path("p.yaml"), env });

    expect(parameters).toEqual({ maxDepth: 2, epochs: 4, batchSize: 8 });
  });

  it("that a shell job around us got for itself are not ours, unless it changed them", async () => {
    await using project = await temporaryProject({
      "outer.json": `{ "a": 1, "b": [2], "c": "x" }`,
    });
    const outer = { RUNNABLE_PARAMETERS: project.path("outer.json"), RUNNABLE_RUN_ID: "outer" };
    const env = { ...outer, RUNNABLE_PRM_a: "1", RUNNABLE_PRM_b: "[2]", RUNNABLE_PRM_c: "y" };

    expect(await read(any, { env })).toEqual({ c: "y" });
  });
});

describe("what is recorded and travels", () => {
  it("holds the defaults", async () => {
    expect(await read(jobWith(z.object({ seed: z.number().default(() => 4) })), {})).toEqual({
      seed: 4,
    });
  });

  it("is what was given where the schema would change its own output", async () => {
    const job = jobWith(
      z.object({ name: z.string().transform((text) => `${text}!`), day: z.coerce.date() }),
    );

    expect(await read(job, { inCode: { name: "a", day: "2026-01-01" } })).toEqual({
      name: "a",
      day: "2026-01-01",
    });
  });
});
