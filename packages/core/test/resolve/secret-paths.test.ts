import { secret, type Schema } from "@runnable/plugin";
import { expect, it } from "vitest";
import * as z4 from "zod";
import * as mini from "zod/mini";
import * as z3 from "zod/v3";

import { secretPaths } from "../../src/resolve/secret-paths.ts";

const config = {
  plain: "a",
  token: "b",
  list: [{ password: "c" }, { password: "d" }],
  map: { x: "e" },
  either: { key: "f" },
  both: { key: "g" },
  piped: { key: "h" },
  whole: { a: 1, b: { c: 2 } },
};
const expected = [
  "token",
  "list.0.password",
  "list.1.password",
  "map.x",
  "either.key",
  "both.key",
  "piped.key",
  "whole",
];

function paths(schema: Schema, value: typeof config) {
  return secretPaths(schema, value).map((path) => path.join("."));
}

it("finds marked keys however zod/mini wraps them", () => {
  const key = mini.object({ key: secret(mini.string()) });
  const schema = mini.object({
    plain: mini.string(),
    token: mini._default(mini.optional(secret(mini.string())), ""),
    list: mini.array(mini.object({ password: secret(mini.string()) })),
    map: mini.record(mini.string(), secret(mini.string())),
    either: mini.union([mini.number(), key]),
    both: mini.intersection(mini.object({}), key),
    piped: mini.pipe(
      mini.transform((value) => value),
      key,
    ),
    whole: mini.nullable(secret(mini.looseObject({}))),
  });

  expect(paths(schema, config)).toEqual(expected);
});

it("finds them however zod wraps them", () => {
  const key = z4.object({ key: secret(z4.string()) });
  const schema = z4.object({
    plain: z4.string(),
    token: secret(z4.string()).optional().default(""),
    list: z4.array(z4.lazy(() => z4.object({ password: secret(z4.string()) }))),
    map: z4.looseObject({}).catchall(secret(z4.string())),
    either: z4.number().or(key),
    both: z4.object({}).and(key),
    piped: z4.preprocess((value) => value, key),
    whole: secret(z4.looseObject({})).readonly(),
  });

  expect(paths(schema, config)).toEqual(expected);
});

it("finds them however zod 3 wraps them", () => {
  const key = z3.object({ key: secret(z3.string()) });
  const schema = z3
    .object({
      plain: z3.string(),
      token: secret(z3.string()).optional().default(""),
      list: z3.array(z3.object({ password: secret(z3.string()) })),
      map: z3.record(secret(z3.string())),
      either: z3.number().or(key),
      both: z3.object({}).and(key),
      piped: z3.preprocess((value) => value, key),
      whole: secret(z3.object({}).passthrough()),
    })
    .refine(() => true);

  expect(paths(schema, config)).toEqual(expected);
});
