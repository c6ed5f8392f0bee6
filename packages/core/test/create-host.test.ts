import { defineCatalog, defineDirectExecutor, type StaticPlugin } from "@runnable/plugin";
import { describe, expect, it } from "vitest";
import * as z from "zod/mini";

import manifest from "../package.json" with { type: "json" };
import { createHost, defineJob } from "../src/index.ts";
import { embeddedStores } from "../src/resolve/embedded-stores.ts";

const config = z.strictObject({});
const executor = defineDirectExecutor({ config, executeJob: (ctx) => ctx.run() });
const catalog = defineCatalog({
  config,
  needs: () => [],
  relocate: () => ({}),
  open: () => Promise.reject(new Error("never opened")),
});
const acme = { package: "@acme/platform", version: "1.2.3" };

describe("a host refuses, where it is made,", () => {
  it.each([
    ["no list", {}, "plugins is no list"],
    ["no plugin", [undefined], "plugins[0] is no plugin"],
    ["a plugin without a name", [{ version: "1" }], "plugins[0].package"],
    ["a plugin without a version", [{ package: "@acme/platform" }], "plugins[0].version"],
    ["a key that no manifest has", [{ ...acme, executor: {} }], '"executor" is no key'],
    ["factories that are no map", [{ ...acme, executors: [executor] }], "executors of plugins[0]"],
    [
      "what is no factory",
      [{ ...acme, executors: { hpc: () => ({}) } }],
      'executors["hpc"] of plugins[0] (@acme/platform 1.2.3) is no executor factory',
    ],
    ["what a factory made", [{ ...acme, executors: { hpc: executor() } }], 'executors["hpc"]'],
    ["a factory of another kind", [{ ...acme, catalogs: { hpc: executor } }], 'catalogs["hpc"]'],
    ["a plugin that is given twice", [acme, acme], "@acme/platform twice"],
  ])("%s", (_, plugins, message) => {
    const make = () => createHost({ plugins: plugins as unknown as readonly StaticPlugin[] });

    expect(make).toThrow(
      expect.objectContaining({
        code: "PLUGIN_INVALID",
        exitCode: 78,
        message: expect.stringContaining(message),
      }),
    );
  });
});

describe("a host knows only what it was given:", () => {
  const job = defineJob({ run: () => ({}) });
  const given: StaticPlugin = { ...acme, executors: { hpc: executor } };
  const other: StaticPlugin = { package: "other", version: "1.0.0", executors: { hpc: executor } };

  it.each([
    ["a type that is misspelt", [given], "hpcc", 'Did you mean "hpc"?'],
    ["a type that others find in a package", [given], "local", "localPlugin of @runnable/local"],
    ["a file of the project", [given], "./mine.ts", "Known here: hpc (@acme/platform)"],
    ["a type of two plugins", [given, other], "hpc", '"@acme/platform:hpc" or "other:hpc"'],
    ["a full name of another package", [given], "other:hpc", "Known here: hpc (@acme/platform)"],
  ])("%s", async (_, plugins, type, message) => {
    const host = createHost({ plugins, configuration: { "job-executor": { type } } });

    const run = host.executeJob(job);

    await expect(run).rejects.toMatchObject({
      code: "CONFIG_INVALID",
      message: expect.stringContaining(message),
    });
  });

  it("a name of core's own stores belongs to both where a plugin takes it", async () => {
    const plugins: readonly StaticPlugin[] = [{ ...given, catalogs: { "file-system": catalog } }];
    const host = createHost({ plugins, configuration: { "job-executor": { type: "hpc" } } });

    const run = host.executeJob(job);

    await expect(run).rejects.toMatchObject({
      message: expect.stringContaining(
        '"@acme/platform:file-system" or "@runnable/core:file-system"',
      ),
    });
  });

  it("a configuration in code that is no map of sections", async () => {
    const host = createHost({ plugins: [given], configuration: [] as never });

    const run = host.executeJob(job);

    await expect(run).rejects.toMatchObject({
      message: expect.stringContaining("CONFIG_NOT_A_MAP"),
    });
  });

  it("a value that is no job", async () => {
    const host = createHost({ plugins: [given] });

    const run = host.executeJob({} as never);

    await expect(run).rejects.toMatchObject({ code: "JOB_INVALID" });
  });
});

it("the stores of a host are those that core's package.json names", async () => {
  const named = Object.entries(manifest.runnable).flatMap(([key, types]) =>
    Object.entries<object>(types).flatMap(([type, entry]) => {
      const aliases = "aliases" in entry ? (entry.aliases as readonly string[]) : [];
      return [type, ...aliases].map((name) => `${key}:${name}`);
    }),
  );
  const kinds = { "run-log-store": "run-log-stores", catalog: "catalogs", secrets: "secrets" };
  const embedded = Object.entries(kinds).flatMap(([kind, key]) =>
    Object.entries(embeddedStores[kind as keyof typeof kinds]).map(([type, load]) => ({
      name: `${key}:${type}`,
      kind,
      load,
    })),
  );

  expect(embedded.map(({ name }) => name).toSorted()).toEqual(named.toSorted());
  for (const { kind, load } of embedded) {
    expect(await load()).toHaveProperty("default.kind", kind);
  }
});
