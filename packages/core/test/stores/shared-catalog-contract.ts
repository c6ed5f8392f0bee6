import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";

import { expect, it } from "vitest";

import type { StoreUnderTest } from "./open-store.ts";
import { filesOf, openWithFiles } from "./opened-catalog.ts";
import { storeProcess } from "./store-process.ts";

/** What a catalog keeps to that several processes see: an identity, puts at once, and puts that are killed. */
export function describeSharedCatalog(store: StoreUnderTest): void {
  it("has one identity, for whoever opens it", async () => {
    await using opened = await openWithFiles(store, {});
    const before = await opened.catalog.storeId({ create: false });

    const made = await opened.catalog.storeId({ create: true });

    expect([before, made]).toEqual([undefined, expect.stringMatching(/\S/)]);
    expect(await (await opened.again()).storeId({ create: true })).toBe(made);
  });

  it("takes puts of the same bytes, and of one run, by two processes at once", async () => {
    const names = Array.from({ length: 30 }, (_, number) => `f${number}`);
    const files = Object.fromEntries(names.map((name) => [name, `${name} `.repeat(5000)]));
    await using opened = await openWithFiles(store, {
      ...files,
      large: Buffer.alloc(4_000_000, "l"),
    });
    await using one = await storeProcess(store, opened.directory);
    await using two = await storeProcess(store, opened.directory);
    const all = filesOf(opened, [...names, "large"]);

    await Promise.all([
      one.call("put", "run-1", all, { copy: true }),
      two.call("put", "run-1", all.toReversed(), { copy: true }),
    ]);

    const list = await opened.catalog.list("run-1");
    expect(list).toHaveLength(31);
    await opened.get("run-1", list);
    expect(await readFile(opened.out("f7"), "utf8")).toBe(files["f7"]);
  });

  it("names nothing that is not whole when a put is killed, and can put it again", async () => {
    const large = Buffer.alloc(8_000_000, "l");
    for (const waitMs of [0, 2, 5, 12]) {
      await using opened = await openWithFiles(store, { small: "text", large });
      const writer = await storeProcess(store, opened.directory);
      writer.tell("put", "run-1", filesOf(opened, ["small", "large"]), { copy: true });
      await new Promise((resolve) => setTimeout(resolve, waitMs));
      await writer.kill();

      await opened.get("run-1", await opened.catalog.list("run-1"));
      const put = await opened.put("run-2", ["small", "large"]);
      await opened.get("run-2", put);

      expect(sha256(await readFile(opened.out("large")))).toBe(sha256(large));
    }
  });
}

function sha256(content: string | Uint8Array): string {
  return `sha256:${createHash("sha256").update(content).digest("hex")}`;
}
