import { readFileSync } from "node:fs";

import { describe, expect, it } from "vitest";

import { configSchemas, typesWithoutSchema } from "../../scripts/config-schemas.ts";

const files = await configSchemas();

it("every type of the workspace names the JSON Schema of its settings", () => {
  expect(typesWithoutSchema()).toEqual([]);
});

describe.each(files)("the schema file of $name", ({ file, text, undocumented }) => {
  it("is what `pnpm schemas` writes", () => {
    expect(readFileSync(file, "utf8")).toBe(text);
  });

  it("describes every key", () => {
    expect(undocumented).toEqual([]);
  });
});
