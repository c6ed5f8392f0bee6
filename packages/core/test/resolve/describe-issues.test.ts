import { secret, type JsonObject, type Schema } from "@runnable/plugin";
import { describe, expect, it } from "vitest";
import * as classic from "zod";
import * as z from "zod/mini";
import * as v3 from "zod/v3";

import { validateConfig } from "../../src/resolve/validate-config.ts";

async function findings(schema: Schema, config: JsonObject) {
  const result = await validateConfig(schema, config, "hpc");
  return "findings" in result ? result.findings : [];
}

function failing(message: string, path: readonly (string | { key: string })[]): Schema {
  return {
    "~standard": {
      version: 1,
      vendor: "other",
      validate: () => ({ issues: [{ message, path }] }),
    },
  };
}

async function firstOf(schema: Schema, value: JsonObject[string]) {
  const [first] = await findings(schema, { key: value });
  return first?.message;
}

it("gives the validated value, defaults filled in", async () => {
  const schema = z.strictObject({ n: z._default(z.number(), 1) });

  expect(await validateConfig(schema, {}, "hpc")).toEqual({ value: { n: 1 } });
});

it("says what a union takes", async () => {
  const shapes = z.discriminatedUnion("kind", [z.strictObject({ kind: z.literal("a") })]);

  expect(await firstOf(z.strictObject({ key: z.union([z.string(), z.number()]) }), true)).toBe(
    '"key" must be a text or a number',
  );
  expect(await firstOf(z.strictObject({ key: shapes }), { kind: "hunter2" })).toBe(
    '"key.kind" must be one of "a"',
  );
});

it("understands zod 3 as well", async () => {
  const schema = v3.object({ queue: v3.string(), mode: v3.enum(["a", "b"]), n: v3.number() });
  const config = { queu: "x", mode: "hunter2", n: "hunter2" };

  expect(await findings(schema, config)).toMatchObject([
    { code: "CONFIG_MISSING_KEY", path: ["queue"] },
    { message: '"mode" must be one of "a", "b"' },
    { message: '"n" must be a number' },
    { code: "CONFIG_UNKNOWN_KEY", path: ["queu"], hint: 'Did you mean "queue"?' },
  ]);
});

it("lays a schema that throws at the plugin's door", async () => {
  const schema = z.strictObject({
    n: z.pipe(
      z.number(),
      z.transform(() => {
        throw new Error("hunter2");
      }),
    ),
  });

  expect(await findings(schema, { n: 1 })).toMatchObject([{ code: "PLUGIN_SCHEMA_FAILED" }]);
});

describe.each([
  ["zod/mini", z],
  ["zod", classic],
])("with %s", (_, lib) => {
  it.each([
    { schema: lib.string(), value: 3, message: '"key" must be a text' },
    { schema: lib.number(), value: "s3cret", message: '"key" must be a number' },
    { schema: lib.array(lib.string()), value: "s3cret", message: '"key" must be a list' },
    { schema: lib.strictObject({}), value: "s3cret", message: '"key" must be a map' },
    { schema: z.literal("a"), value: "s3cret", message: '"key" must be one of "a"' },
    { schema: lib.int(), value: 1.5, message: '"key" must be a whole number' },
  ])("says $message", async ({ schema, value, message }) => {
    expect(await firstOf(lib.strictObject({ key: schema }), value)).toBe(message);
  });

  it("names unknown keys, at every depth, with a suggestion", async () => {
    const schema = lib.strictObject({
      limits: lib.optional(lib.strictObject({ memory: lib.number() })),
      queue: lib.optional(lib.string()),
    });

    expect(await findings(schema, { queu: "a", limits: { memory: 1, memroy: 2 } })).toEqual([
      {
        code: "CONFIG_UNKNOWN_KEY",
        message: '"limits.memroy" is not a setting of hpc',
        path: ["limits", "memroy"],
        hint: 'Did you mean "memory"?',
      },
      {
        code: "CONFIG_UNKNOWN_KEY",
        message: '"queu" is not a setting of hpc',
        path: ["queu"],
        hint: 'Did you mean "queue"?',
      },
    ]);
  });

  it("names keys that the schema would drop", async () => {
    const schema = lib.object({ inner: lib.optional(lib.object({ a: lib.number() })) });

    expect(await findings(schema, { inner: { a: 1, colour: 2 }, x: 1 })).toMatchObject([
      { code: "CONFIG_UNKNOWN_KEY", path: ["inner", "colour"], hint: "Settings are: a." },
      { code: "CONFIG_UNKNOWN_KEY", path: ["x"] },
    ]);
  });

  it("lets a loose schema have any keys", async () => {
    expect(await findings(lib.looseObject({ a: lib.number() }), { a: 1, x: 1 })).toEqual([]);
    expect(await findings(lib.record(lib.string(), lib.number()), { x: 1 })).toEqual([]);
  });

  it("names a missing key, at every depth", async () => {
    const schema = lib.strictObject({ a: lib.string(), b: lib.strictObject({ c: lib.number() }) });

    expect(await findings(schema, { b: {} })).toMatchObject([
      { code: "CONFIG_MISSING_KEY", path: ["a"], message: 'hpc needs the setting "a"' },
      { code: "CONFIG_MISSING_KEY", path: ["b", "c"] },
    ]);
  });
});

it.each([
  {
    schema: z.string().check(z.minLength(2)),
    value: "a",
    message: '"key" must have at least 2 characters',
  },
  { schema: z.number().check(z.gt(2)), value: 2, message: '"key" must be more than 2' },
  { schema: z.number().check(z.lte(2)), value: 3, message: '"key" must be at most 2' },
  {
    schema: z.array(z.string()).check(z.maxLength(1)),
    value: ["a", "b"],
    message: '"key" must have at most 1 items',
  },
  { schema: z.string().check(z.regex(/^a/)), value: "b", message: '"key" must match /^a/' },
  { schema: z.url(), value: "b", message: '"key" must be a valid url' },
])("says $message", async ({ schema, value, message }) => {
  expect(await firstOf(z.strictObject({ key: schema }), value)).toBe(message);
});

describe("of any other library", () => {
  it("keeps a message that says what is wrong", async () => {
    const schema = failing("must be a region of ours", ["a", { key: "region" }]);

    expect(await findings(schema, { a: { region: "x" } })).toEqual([
      {
        code: "CONFIG_VALUE",
        message: '"a.region" is not valid: must be a region of ours',
        path: ["a", "region"],
      },
    ]);
  });

  it.each([
    ["the value", 'expected string but received "hunter2"', ["password"]],
    ["another value", "hunter2 is too short", []],
  ])("does not keep one that repeats %s", async (_, message, path) => {
    const [finding] = await findings(failing(message, path), { password: "hunter2", n: 1 });

    expect(finding?.message).not.toContain("hunter2");
    expect(finding?.code).toBe("CONFIG_VALUE");
  });
});

it("never repeats a secret value that zod's own check refuses", async () => {
  const token = z
    .string()
    .check(
      z.refine((value) => value.length > 100, { error: (issue) => `bad ${String(issue.input)}` }),
    );
  const [finding] = await findings(z.strictObject({ token: secret(token) }), { token: "hunter2" });

  expect(finding?.message).toBe('"token" is not valid');
});
