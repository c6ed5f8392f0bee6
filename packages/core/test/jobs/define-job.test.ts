import { pathToFileURL } from "node:url";

import { describe, expect, expectTypeOf, it } from "vitest";
import * as z from "zod/mini";

import { defineJob, executeJob, scriptJob, shellJob } from "../../src/jobs/index.ts";
import { isJob } from "../../src/jobs/is-job.ts";

const run = () => undefined;

it("gives the function its parameters and secrets by type", () => {
  const job = defineJob({
    parameters: z.object({ epochs: z._default(z.int(), 3), name: z.optional(z.string()) }),
    secrets: ["TOKEN", "KEY"],
    run({ parameters, secrets }) {
      expectTypeOf(parameters.epochs).toEqualTypeOf<number>();
      expectTypeOf(parameters.name).toEqualTypeOf<string | undefined>();
      expectTypeOf(secrets).toEqualTypeOf<{ readonly TOKEN: string; readonly KEY: string }>();
      // @ts-expect-error a secret that is not declared
      void secrets.OTHER;
    },
  });
  // @ts-expect-error a function returns an object, not a number
  defineJob({ run: () => 3 });

  expect(isJob(job)).toBe(true);
});

it("makes the three kinds of jobs, frozen", () => {
  const jobs = [
    defineJob({ run }),
    shellJob({ command: "true" }),
    scriptJob({ argv: ["python3", "train.py"] }),
  ];

  expect(jobs.map((job) => job.definition.kind)).toEqual(["function", "shell", "script"]);
  expect(jobs.every((job) => isJob(job) && Object.isFrozen(job.definition))).toBe(true);
});

describe("the module that defines a job", () => {
  const here = pathToFileURL(import.meta.filename).href;

  it("is known from the stack", () => {
    expect(defineJob({ run }).definedIn).toBe(here);
  });

  it.each([0, undefined, 1])(
    "is known when Error.stackTraceLimit is %s, which stays as it is",
    (limit) => {
      const former = Error.stackTraceLimit;
      // As a program may do that wants cheap errors.
      Error.stackTraceLimit = limit as number;
      try {
        const { definedIn } = shellJob({ command: "true" });

        expect(definedIn).toBe(here);
        expect(Error.stackTraceLimit).toBe(limit);
      } finally {
        Error.stackTraceLimit = former;
      }
    },
  );
});

describe("a wrong definition", () => {
  it.each([
    [
      "an unknown key",
      () => defineJob({ run, tiemout: 3 } as never),
      "tiemout is not known (did you mean timeout?)",
    ],
    [
      "another kind's key",
      () => defineJob({ run, command: "ls" } as never),
      "command is not known",
    ],
    ["no function", () => defineJob({} as never), "run is missing"],
    ["a function that is none", () => defineJob({ run: "x" } as never), "run must be a function"],
    ["an empty command", () => shellJob({ command: " " }), "command must be text"],
    ["an empty argv", () => scriptJob({ argv: [] as never }), "argv must be a list"],
    [
      "an argv with a number",
      () => scriptJob({ argv: ["sleep", 3 as never] }),
      "argv must be a list",
    ],
    [
      "a duration without a unit",
      () => defineJob({ run, timeout: "90" }),
      "timeout must be seconds",
    ],
    ["a duration of nothing", () => defineJob({ run, deadline: 0 }), "deadline must be seconds"],
    ["negative retries", () => defineJob({ run, retries: -1 }), "retries must be a whole number"],
    [
      "an unknown key in retries",
      () => defineJob({ run, retries: { limt: 1 } as never }),
      "did you mean limit?",
    ],
    [
      "an unknown cause",
      () => defineJob({ run, retries: { limit: 1, causes: ["user-error" as never] } }),
      "did you mean user_error?",
    ],
    [
      "a schema that is none",
      () => defineJob({ run, parameters: { epochs: 3 } as never }),
      "parameters must be a schema",
    ],
    [
      "secrets as text",
      () => defineJob({ run, secrets: "TOKEN" as never }),
      "secrets must be a list",
    ],
    [
      "catalog.put as text",
      () => defineJob({ run, catalog: { put: "*.csv" as never } }),
      "put must be a list",
    ],
    [
      "an unknown key in catalog",
      () => defineJob({ run, catalog: { store_copy: false } as never }),
      "did you mean storeCopy?",
    ],
    [
      "catalog.get without a pattern",
      () => defineJob({ run, catalog: { get: [{ run: "latest" } as never] } }),
      "get must be a list",
    ],
  ])("with %s is refused by name", (_, define, words) => {
    expect(define).toThrow(
      expect.objectContaining({
        code: "JOB_INVALID",
        exitCode: 78,
        message: expect.stringContaining(words),
      }),
    );
  });

  it("has all its problems told at once, and where it stands", () => {
    const definition = { command: "", tag: "x", timeout: "soon" } as never;

    expect(() => shellJob(definition)).toThrow(/define-job\.test\.ts:\d+ .*command.*tag.*timeout/);
  });
});

it("refuses to execute what is no job", async () => {
  await expect(executeJob({ run } as never)).rejects.toMatchObject({ code: "JOB_INVALID" });
});
