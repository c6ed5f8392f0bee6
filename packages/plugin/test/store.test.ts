import { describe, expect, it } from "vitest";
import * as z from "zod";

import { defineCatalog } from "../src/catalog.ts";
import { defineRunLogStore } from "../src/run-log.ts";
import { defineSecrets } from "../src/secrets.ts";
import { storeBrand } from "../src/store.ts";

const definition = {
  config: z.strictObject({ folder: z.string().default("here") }),
  needs: () => [],
  relocate: () => ({}),
  open: () => {
    throw new Error("not here");
  },
};

describe("a store's factory", () => {
  it.each([
    ["run-log-store", defineRunLogStore],
    ["catalog", defineCatalog],
    ["secrets", defineSecrets],
  ] as const)("says that it is one of %s, and what it was made of", (kind, define) => {
    const factory = define(definition);

    expect({ ...factory }).toMatchObject({ kind, definition, [storeBrand]: 1 });
    expect(Object.isFrozen(factory)).toBe(true);
    expect(factory({ folder: "there" })).toMatchObject({
      kind,
      config: { folder: "there" },
      [storeBrand]: 1,
    });
  });

  it("is known by a symbol that every copy of the package has", () => {
    expect(storeBrand).toBe(Symbol.for("runnable.store"));
  });
});
