import { createHash, randomBytes } from "node:crypto";
import {
  chmod,
  mkdir,
  readFile,
  readdir,
  stat,
  symlink,
  utimes,
  writeFile,
} from "node:fs/promises";

import { describe, expect, it } from "vitest";

import type { StoreUnderTest } from "./open-store.ts";
import { openWithFiles } from "./opened-catalog.ts";
import { describeSharedCatalog } from "./shared-catalog-contract.ts";

/** What every catalog keeps to that keeps files. */
export function describeCatalog(name: string, store: StoreUnderTest): void {
  describe(`${name}, as a catalog`, () => {
    describePut(store);
    describeGet(store);
    describeSharedCatalog(store);
  });
}

function describePut(store: StoreUnderTest): void {
  it("gives each file's digest and size, and lists the same sorted by path", async () => {
    await using opened = await openWithFiles(store, {
      "b/é $(x).json": "{}",
      "a.txt": "",
      z: "zz",
    });

    const put = await opened.put("run-1", ["z", "b/é $(x).json", "a.txt"]);

    expect(put).toEqual([
      { path: "z", digest: sha256("zz"), bytes: 2, stored: true },
      { path: "b/é $(x).json", digest: sha256("{}"), bytes: 2, stored: true },
      { path: "a.txt", digest: sha256(""), bytes: 0, stored: true },
    ]);
    expect(await opened.catalog.list("run-1")).toEqual([put[2], put[1], put[0]]);
  });

  it("lists nothing of a run that put nothing", async () => {
    await using opened = await openWithFiles(store, {});

    const put = await opened.put("run-1", []);

    expect([put, await opened.catalog.list("run-1"), await opened.catalog.list("run-2")]).toEqual([
      [],
      [],
      [],
    ]);
  });

  it("adds a later put to a run's files; of one path the last counts", async () => {
    await using opened = await openWithFiles(store, { a: "1", b: "1" });
    await opened.put("run-1", ["a", "b"]);
    await writeFile(opened.path("b"), "2");
    await writeFile(opened.path("c"), "2");

    await opened.put("run-1", ["b", "c"]);

    expect((await opened.catalog.list("run-1")).map(({ digest }) => digest)).toEqual(
      ["1", "2", "2"].map(sha256),
    );
  });

  it("sees a change that keeps size and modification time", async () => {
    await using opened = await openWithFiles(store, { model: "old" });
    const { mtime } = await stat(opened.path("model"));
    await opened.put("run-1", ["model"]);
    await opened.put("run-2", ["model"]);

    await writeFile(opened.path("model"), "new");
    await utimes(opened.path("model"), mtime, mtime);
    const put = await opened.put("run-3", ["model"]);

    expect(put).toMatchObject([{ digest: sha256("new") }]);
    await opened.get("run-3", put);
    expect(await readFile(opened.out("model"), "utf8")).toBe("new");
  });

  it("records digests alone where copies are not wanted", async () => {
    await using opened = await openWithFiles(store, {
      small: "text",
      large: Buffer.alloc(1_500_000, "x"),
    });

    const put = await opened.put("run-1", ["small", "large"], false);

    expect(put).toEqual([
      { path: "small", digest: sha256("text"), bytes: 4, stored: false },
      {
        path: "large",
        digest: sha256(Buffer.alloc(1_500_000, "x")),
        bytes: 1_500_000,
        stored: false,
      },
    ]);
    await expect(opened.get("run-1", put)).rejects.toMatchObject({ code: "CATALOG_NOT_KEPT" });
  });
}

function describeGet(store: StoreUnderTest): void {
  it("gives every byte back, of files small and large", async () => {
    const files = {
      empty: "",
      "deep/er/small.bin": randomBytes(1000),
      "middle.bin": randomBytes(524_288),
      "large.bin": randomBytes(1_500_001),
    };
    await using opened = await openWithFiles(store, files);
    await opened.put("run-1", Object.keys(files));

    await opened.get("run-1", await opened.catalog.list("run-1"));

    for (const [path, content] of Object.entries(files)) {
      expect(sha256(await readFile(opened.out(path)))).toBe(sha256(content));
    }
  });

  it("keeps a program executable, and files writable", async () => {
    await using opened = await openWithFiles(store, { program: "#!/bin/sh", text: "" });
    await chmod(opened.path("program"), 0o755);
    await chmod(opened.path("text"), 0o444);
    await opened.put("run-1", ["program", "text"]);

    await opened.get("run-1", await opened.catalog.list("run-1"));

    const modes = await Promise.all(
      ["program", "text"].map(async (path) => (await stat(opened.out(path))).mode & 0o700),
    );
    expect(modes).toEqual([0o700, 0o600]);
  });

  it("replaces a file, or a link, in the way", async () => {
    await using opened = await openWithFiles(store, {
      a: "from catalog",
      b: "from catalog",
      other: "mine",
    });
    const put = await opened.put("run-1", ["a", "b"]);
    await mkdir(opened.out(""), { recursive: true });
    await writeFile(opened.out("a"), "in the way");
    await symlink(opened.path("other"), opened.out("b"));

    await opened.get("run-1", put);

    expect(await readFile(opened.out("a"), "utf8")).toBe("from catalog");
    expect(await readFile(opened.out("b"), "utf8")).toBe("from catalog");
    expect(await readFile(opened.path("other"), "utf8")).toBe("mine");
    expect((await readdir(opened.out(""))).toSorted()).toEqual(["a", "b"]);
  });

  it.each(["../escaped", "/tmp/escaped", "a/../../escaped", "link/escaped", "a/.."])(
    "refuses to write to %j",
    async (path) => {
      await using opened = await openWithFiles(store, { a: "text", "elsewhere/file": "" });
      const [entry] = await opened.put("run-1", ["a"]);
      await mkdir(opened.out(""), { recursive: true });
      await symlink(opened.path("elsewhere"), opened.out("link"));

      await expect(opened.get("run-1", [{ ...entry!, path }])).rejects.toMatchObject({
        code: "PATH_OUTSIDE",
      });
    },
  );

  it("refuses an entry whose bytes it does not have", async () => {
    await using opened = await openWithFiles(store, { a: "text" });
    const [entry] = await opened.put("run-1", ["a"]);

    const getting = opened.get("run-1", [{ ...entry!, digest: sha256("other") }]);

    await expect(getting).rejects.toMatchObject({ code: "CATALOG_DIGEST" });
  });
}

function sha256(content: string | Uint8Array): string {
  return `sha256:${createHash("sha256").update(content).digest("hex")}`;
}
