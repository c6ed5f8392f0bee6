import { describe, expect, it } from "vitest";
import * as z from "zod";

import { defineDirectExecutor } from "../src/define-executor.ts";
import { executorBrand } from "../src/executor.ts";
import { remoteExecutor } from "./remote-executor.ts";

const config = z.strictObject({});

describe("an executor's factory", () => {
  it("carries its kind and its definition, which nobody can change any more", () => {
    const definition = { config, executeJob: async () => Promise.reject(new Error("not here")) };

    const factory = defineDirectExecutor(definition);

    expect({ ...factory }).toMatchObject({ kind: "direct", definition, [executorBrand]: 1 });
    expect(Object.isFrozen(factory)).toBe(true);
    expect(Object.isFrozen(factory.definition)).toBe(true);
  });

  it("gives an executor with the config as it was written", () => {
    const factory = remoteExecutor({});

    const executor = factory({ queue: "long" });

    expect(executor).toMatchObject({
      kind: "remote",
      config: { queue: "long" },
      [executorBrand]: 1,
    });
    expect(executor.definition).toBe(factory.definition);
  });

  it("may be called without a config", () => {
    expect(defineDirectExecutor({ config, executeJob: ({ run }) => run() })()).toMatchObject({
      config: {},
    });
  });

  it("is known by a symbol that every copy of the package has", () => {
    expect(executorBrand).toBe(Symbol.for("runnable.executor"));
  });
});
