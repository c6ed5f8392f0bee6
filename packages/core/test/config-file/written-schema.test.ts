import { describe, expect, it } from "vitest";

import { demandsOf } from "../../src/config-file/demands-of.ts";
import { writtenSchema } from "../../src/config-file/written-schema.ts";

const variable = { $ref: "#/definitions/variable" };

describe("${NAME} is let pass where the text that it gives may be right", () => {
  it.each([
    [{ enum: ["a", "b"] }, { anyOf: [{ enum: ["a", "b"] }, variable] }],
    [
      { type: "string", format: "uri", description: "Where." },
      { description: "Where.", anyOf: [{ type: "string", format: "uri" }, variable] },
    ],
    [
      { type: "string", minLength: 1 },
      { type: "string", minLength: 1 },
    ],
    [{ type: "integer" }, { type: "integer" }],
    [{ type: "boolean" }, { type: "boolean" }],
    [{ enum: [1, 2] }, { enum: [1, 2] }],
    [
      { type: "string", writeOnly: true },
      { type: "string", writeOnly: true, examples: ["${NAME}"] },
    ],
  ])("%j", (schema, written) => {
    expect(writtenSchema({ properties: { key: schema } }, "x")).toEqual({
      properties: { key: written },
    });
  });
});

it("requires nothing of a map, which may build upon a file", () => {
  const schema = {
    type: "object",
    required: ["a"],
    properties: { a: { type: "object", required: ["b"], additionalProperties: false } },
  };

  expect(writtenSchema(schema, "x")).toEqual({
    type: ["object", "null"],
    properties: {
      a: {
        type: "object",
        additionalProperties: false,
        patternProperties: { "^\\$import$": { $ref: "#/definitions/import" } },
      },
    },
  });
});

it("keeps what tells the choices of a key apart", () => {
  const choices = [{ required: ["a"] }, { required: ["b"] }];

  expect(writtenSchema({ properties: { key: { oneOf: choices } } }, "x")).toEqual({
    properties: {
      key: {
        anyOf: [
          { if: { required: ["$import"] }, else: { required: ["a"] } },
          { if: { required: ["$import"] }, else: { required: ["b"] } },
        ],
      },
    },
  });
});

it("demands what is required where nothing is imported, key by key", () => {
  const schema = {
    required: ["a"],
    properties: { a: { required: ["b.c"] }, d: { type: "string" } },
  };

  expect(demandsOf(schema)).toEqual({
    if: { required: ["$import"] },
    else: {
      required: ["a"],
      patternProperties: {
        "^a$": { if: { required: ["$import"] }, else: { required: ["b.c"] } },
      },
    },
  });
  expect(demandsOf({ properties: { d: { type: "string" } } })).toBeUndefined();
});
