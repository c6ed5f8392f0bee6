import {
  defineCatalog,
  defineDirectExecutor,
  defineSecrets,
  type StaticPlugin,
} from "@runnable/plugin";
import { expect, it } from "vitest";
import * as z from "zod/mini";

import { defineConfig } from "../../src/configure/define-config.ts";

const mine = defineDirectExecutor({
  config: z.strictObject({ n: z.number() }),
  executeJob: (ctx) => ctx.run(),
});
const shelf = defineCatalog({
  config: z.strictObject({ path: z.string() }),
  needs: () => [],
  relocate: () => ({}),
  open: () => {
    throw new Error("never opened");
  },
});
const vault = defineSecrets({
  config: z.strictObject({}),
  needs: () => [],
  relocate: () => ({}),
  open: () => ({ location: "vault", read: () => Promise.resolve({}) }),
});

it("takes what factories make beside types with settings", () => {
  const config = defineConfig({
    "job-executor": mine({ n: 1 }),
    catalog: shelf({ path: "x" }),
    secrets: { type: "dotenv", config: { location: ".env" } },
    plugins: ["@acme/x"],
  });

  expect(config["job-executor"]).toMatchObject({ kind: "direct", config: { n: 1 } });
});

it("refuses at compile time what is of another kind or misspelt", () => {
  // @ts-expect-error A catalog is no secrets store.
  defineConfig({ secrets: shelf({ path: "x" }) });
  // @ts-expect-error A factory must be called.
  defineConfig({ "job-executor": mine });
  // @ts-expect-error There is no such section.
  defineConfig({ "job-executer": mine({ n: 1 }) });

  const plugin: StaticPlugin = {
    package: "acme",
    version: "1.0.0",
    executors: { mine },
    catalogs: { shelf },
    // @ts-expect-error A catalog is no secrets store.
    secrets: { vault, shelf },
  };

  expect(Object.keys(plugin.executors ?? {})).toEqual(["mine"]);
});
