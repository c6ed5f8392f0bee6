import type { Catalog } from "@runnable/plugin";
import { expect, it } from "vitest";

import { openStore } from "./open-store.ts";

it("keeps nothing and needs nothing", async () => {
  const module = new URL("../../src/stores/do-nothing-catalog.ts", import.meta.url).href;
  const catalog = await openStore<Catalog>(module, { compute_data_folder: "data" }, "/nowhere");

  const put = await catalog.put("r", [{ path: "a", source: "/nowhere/a" }], { copy: true });

  expect([put, await catalog.list("r"), catalog.dataFolder]).toEqual([[], [], "data"]);
  await expect(catalog.get("r", [], "/nowhere")).resolves.toBeUndefined();
});
