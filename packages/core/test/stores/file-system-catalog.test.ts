import { readFileSync } from "node:fs";
import { chmod, lstat, readFile, rm, stat, symlink, truncate, utimes } from "node:fs/promises";

import { describe, expect, it } from "vitest";

import fileSystemCatalog from "../../src/stores/file-system-catalog.ts";
import { temporaryDirectory } from "../temporary-directory.ts";
import { describeCatalog } from "./catalog-contract.ts";
import { blobPaths, gotText, module, openCatalog, putFiles } from "./use-catalog.ts";

describeCatalog("file-system", { module, config: () => ({}), shared: true });

describe("file-system catalog: put", () => {
  it("lays a run's files out for people to look at", async () => {
    await using temporary = await temporaryDirectory({ "plots/a.svg": "<svg/>" });

    await putFiles(temporary, ["plots/a.svg"], { runId: "run-1" });

    const seen = temporary.path(".catalog/run-1/plots/a.svg");
    expect(await readFile(seen, "utf8")).toBe("<svg/>");
  });

  it("keeps from others what they could not read before, and from all that they write into it", async () => {
    await using temporary = await temporaryDirectory({ a: "a", b: Buffer.alloc(2_000_000) });
    await chmod(temporary.path("a"), 0o600);
    await chmod(temporary.path("b"), 0o744);

    await putFiles(temporary, ["a", "b"], { runId: "run-1" });

    const modes = await Promise.all(
      ["a", "b"].map(async (name) => (await stat(temporary.path(`.catalog/run-1/${name}`))).mode),
    );
    expect(modes.map((mode) => mode & 0o777)).toEqual([0o400, 0o444]);
  });

  it("forgets a run that is removed, and leaves the bytes that another has too", async () => {
    await using temporary = await temporaryDirectory({ a: "same" });
    await putFiles(temporary, ["a"], { runId: "run-1" });
    await putFiles(temporary, ["a"], { runId: "run-2" });
    const catalog = await openCatalog(temporary);

    await catalog.removeRun?.("run-1");

    expect(await catalog.list("run-1")).toEqual([]);
    expect(await gotText(temporary, "run-2", "a")).toBe("same");
  });

  it("keeps one copy of the same bytes", async () => {
    await using temporary = await temporaryDirectory({ a: "same", b: "same", c: "other" });

    await putFiles(temporary, ["a", "b", "c"], { runId: "run-1" });
    await putFiles(temporary, ["b"], { runId: "run-2" });

    expect(await blobPaths(temporary)).toHaveLength(2);
  });

  it.runIf(process.platform === "linux")(
    "reads no byte of a file that has not changed",
    async () => {
      await using temporary = await temporaryDirectory({ large: Buffer.alloc(9_000_000, "x") });
      const catalog = await openCatalog(temporary);
      const files = [{ path: "large", source: temporary.path("large") }];
      await utimes(temporary.path("large"), new Date(0), new Date(0));
      await untilOld(temporary.path("large"));
      const [first] = await catalog.put("run-1", files, { copy: true });

      const before = bytesRead();
      const [second] = await catalog.put("run-2", files, { copy: true });

      expect(bytesRead() - before).toBeLessThan(1_000_000);
      expect(second).toEqual(first);
    },
  );

  it("puts an unchanged file again when its blob is gone", async () => {
    await using temporary = await temporaryDirectory({ a: "text" });
    await untilOld(temporary.path("a"));
    await putFiles(temporary, ["a"], { runId: "run-1" });
    await putFiles(temporary, ["a"], { runId: "run-2" });

    await rm((await blobPaths(temporary))[0]!);
    await putFiles(temporary, ["a"], { runId: "run-3" });

    expect(await gotText(temporary, "run-3", "a")).toBe("text");
  });

  it("does not take a record of digests for kept bytes", async () => {
    await using temporary = await temporaryDirectory({ a: "text" });
    await untilOld(temporary.path("a"));
    await putFiles(temporary, ["a"], { runId: "run-1", copy: false });

    await putFiles(temporary, ["a"], { runId: "run-2" });

    expect(await gotText(temporary, "run-2", "a")).toBe("text");
  });

  it("completes a blob that a crash or a full disk left short", async () => {
    await using temporary = await temporaryDirectory({
      a: "text",
      b: Buffer.alloc(2_000_000, "b"),
    });
    await putFiles(temporary, ["a", "b"], { runId: "run-1" });
    for (const blob of await blobPaths(temporary)) {
      await chmod(blob, 0o644);
      await truncate(blob, 1);
    }
    await rm(temporary.path(".catalog/.runnable"), { recursive: true });

    await putFiles(temporary, ["a", "b"], { runId: "run-2" });

    expect(await gotText(temporary, "run-2", "a")).toBe("text");
    expect(await gotText(temporary, "run-2", "b")).toHaveLength(2_000_000);
  });

  it("follows a link within the data folder, and refuses one that leaves it", async () => {
    await using temporary = await temporaryDirectory({ "w/data/a": "inside", secret: "outside" });
    const catalog = await openCatalog(temporary, "store");
    const file = (path: string) => ({ path, source: temporary.path(`w/${path}`) });
    await symlink("data/a", temporary.path("w/near"));
    await symlink("data", temporary.path("w/again"));
    await symlink("../secret", temporary.path("w/far"));
    await symlink("..", temporary.path("w/up"));
    await symlink("nothing", temporary.path("w/broken"));

    const kept = await catalog.put("run-1", [file("near"), file("again/a")], { copy: true });

    expect(kept.map(({ path }) => path)).toEqual(["near", "again/a"]);
    for (const path of ["far", "up/secret"]) {
      await expect(catalog.put("run-1", [file(path)], { copy: true })).rejects.toMatchObject({
        code: "CATALOG_LINK_OUTSIDE",
      });
    }
    for (const path of ["broken", "missing", "data"]) {
      await expect(catalog.put("run-1", [file(path)], { copy: true })).rejects.toMatchObject({
        code: "CATALOG_NO_FILE",
      });
    }
  });

  it("never puts itself, by whatever way", async () => {
    await using temporary = await temporaryDirectory({ a: "text" });
    const catalog = await openCatalog(temporary);
    await putFiles(temporary, ["a"], { runId: "run-1" });
    await symlink(".catalog", temporary.path("alias"));

    for (const path of [".catalog/run-1/a", "alias/run-1/a"]) {
      const file = { path, source: temporary.path(path) };
      await expect(catalog.put("run-2", [file], { copy: true })).rejects.toMatchObject({
        code: "CATALOG_ITSELF",
      });
    }
    expect(catalog.ownPaths).toEqual([temporary.path(".catalog")]);
  });

  it("says which directory can't be written, and why", async () => {
    await using temporary = await temporaryDirectory({ taken: "a file", a: "text" });
    const catalog = await openCatalog(temporary, "taken/store");

    const putting = catalog.put("run-1", [{ path: "a", source: temporary.path("a") }], {
      copy: true,
    });

    await expect(putting).rejects.toMatchObject({
      code: "STORE_UNWRITABLE",
      message: expect.stringContaining(temporary.path("taken/store")),
      hint: expect.stringContaining("catalog.config.catalog_location"),
    });
  });
});

it("needs its directory, and opens at the place where the job finds it", () => {
  const { needs, relocate } = fileSystemCatalog.definition;
  const config = { catalog_location: "store", compute_data_folder: "data" };
  const [need] = needs(config, { baseDirectory: "/project" });

  const relocated = relocate(config, [
    {
      need: { ...need!, role: "catalog" },
      placement: { at: "path", path: "/mnt/store", shared: "verify" },
    },
  ]);

  expect(need).toMatchObject({ kind: "path", path: "/project/store", access: "write" });
  expect(relocated).toEqual({ catalog_location: "/mnt/store", compute_data_folder: "data" });
});

/** Of a file that changed just now nothing is noted: a change right after could bear the same time. */
async function untilOld(path: string): Promise<void> {
  await expect
    .poll(async () => Date.now() - (await lstat(path)).ctimeMs, { interval: 10 })
    .toBeGreaterThan(60);
}

/** Bytes that this process has read so far. Source: proc_pid_io(5). */
function bytesRead(): number {
  return Number(/^rchar: (\d+)$/m.exec(readFileSync("/proc/self/io", "utf8"))?.[1]);
}
