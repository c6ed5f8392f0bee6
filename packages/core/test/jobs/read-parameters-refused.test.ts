import type { Schema } from "@runnable/plugin";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import * as mini from "zod/mini";
import * as v3 from "zod/v3";

import { defineJob } from "../../src/jobs/define-job.ts";
import type { Job } from "../../src/jobs/job.ts";
import type { ParameterSources } from "../../src/jobs/parameter-sources.ts";
import { readParameters } from "../../src/jobs/read-parameters.ts";
import { temporaryProject } from "./temporary-project.ts";

const any = defineJob({ run() {} });

function jobWith(parameters: Schema): Job {
  return defineJob({ parameters, run() {} });
}

function read(job: Job, sources: Partial<ParameterSources>) {
  return readParameters(job, { env: {}, ...sources });
}

/** The message of the refusal. */
async function refusal(job: Job, sources: Partial<ParameterSources>): Promise<string> {
  const error: unknown = await read(job, sources).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: "PARAMETERS_INVALID", exitCode: 78 });
  return (error as Error).message;
}

describe("a refusal", () => {
  it("names every problem with its source", async () => {
    await using project = await temporaryProject({
      "p.yaml": "name: ok\n# a comment\nepochs: many\n",
    });
    const job = jobWith(
      z.object({ epochs: z.int(), rate: z.number(), name: z.string(), seed: z.int() }),
    );

    const message = await refusal(job, {
      file: project.path("p.yaml"),
      env: { RUNNABLE_PRM_RATE: "fast" },
      arguments: ["seed=1.5", "verbose"],
    });

    expect(message).toContain(`epochs (${project.path("p.yaml")}:3) is "many"`);
    expect(message).toContain(`rate (RUNNABLE_PRM_RATE) is "fast"`);
    expect(message).toContain("seed (-p) is 1.5");
    expect(message).toContain("-p verbose is not of the form name=value");
  });

  it("tells a missing parameter, and one deep inside", async () => {
    const job = jobWith(
      z.object({ data: z.string(), layers: z.array(z.object({ size: z.int() })) }),
    );

    const message = await refusal(job, { inCode: { layers: [{ size: "x" }] } });

    expect(message).toContain("data is missing");
    expect(message).toContain("layers.0.size (parameters in code)");
  });

  it("shows no more than 60 characters of a value", async () => {
    const message = await refusal(jobWith(z.object({ a: z.int() })), {
      arguments: [`a=${"x".repeat(500)}`],
    });

    expect(message).toMatch(/x{50,60}…/);
    expect(message).not.toMatch(/x{61}/);
  });

  it.each([
    ["zod", z.object({ epochs: z.int().default(1) })],
    ["zod 3", v3.object({ epochs: v3.number().default(1) })],
    ["strict zod 3", v3.object({ epochs: v3.number().default(1) }).strict()],
    ["strict zod", z.strictObject({ epochs: z.int().default(1) })],
    ["zod/mini", mini.object({ epochs: mini._default(mini.int(), 1) })],
    ["strict zod/mini", mini.strictObject({ epochs: mini._default(mini.int(), 1) })],
    ["a wrapped object", z.object({ epochs: z.int().default(1) }).refine(() => true)],
    ["a piped object", z.object({ epochs: z.int().default(1) }).transform((value) => value)],
    ["an object with a default", z.object({ epochs: z.int().default(1) }).prefault({})],
  ])("suggests a known name: %s", async (_, schema) => {
    const message = await refusal(jobWith(schema), { arguments: ["epohcs=2"] });

    expect(message).toContain("epohcs (-p) is not known: did you mean epochs?");
    expect(message.match(/epohcs/g)).toHaveLength(1);
  });

  it.each([
    ["zod", z.looseObject({ epochs: z.int().default(1) })],
    ["zod with a catchall", z.object({ epochs: z.int().default(1) }).catchall(z.number())],
    ["zod/mini", mini.looseObject({ epochs: mini._default(mini.int(), 1) })],
    ["zod 3", v3.object({ epochs: v3.number().default(1) }).passthrough()],
    ["zod 3 with a catchall", v3.object({}).catchall(v3.number())],
    ["a record", z.record(z.string(), z.number())],
  ])("does not come for a schema that is open: %s", async (_, schema) => {
    expect(await read(jobWith(schema), { arguments: ["other=2"] })).toMatchObject({ other: 2 });
  });
});

describe("a parameters file", () => {
  it("may be empty, and may use anchors and merge keys", async () => {
    await using project = await temporaryProject({
      "empty.yaml": "# nothing\n",
      "p.yml": "base: &base { a: 1 }\nmore: { <<: *base, b: 2 }\n",
    });

    expect(await read(any, { file: project.path("empty.yaml") })).toEqual({});
    expect(await read(any, { file: project.path("p.yml") })).toEqual({
      base: { a: 1 },
      more: { a: 1, b: 2 },
    });
  });

  it.each([
    ["is missing", undefined, /does not exist.*/],
    ["is no YAML", "a: [1, 2\nb: 3\n", /p\.file: .*line \d/s],
    ["has a name twice", "a: 1\na: 2\n", /p\.file: .*line 2/s],
    ["is a list", "- 1\n", /holds no map/],
    ["holds what JSON can't", "a: .nan\n", /a is NaN/],
  ])("that %s is refused", async (_, text, words) => {
    await using project = await temporaryProject(text === undefined ? {} : { "p.file": text });

    const reading = read(any, { file: project.path("p.file") });

    await expect(reading).rejects.toMatchObject({
      code: "PARAMETERS_UNREADABLE",
      exitCode: 78,
      message: expect.stringMatching(words),
    });
  });

  it("of JSON that does not parse is refused with its line", async () => {
    await using project = await temporaryProject({ "p.json": `{\n  "a": 1,\n  b: }\n` });

    const reading = read(any, { file: project.path("p.json") });

    await expect(reading).rejects.toMatchObject({ message: expect.stringMatching(/line \d/) });
  });
});
