import { createHash, randomBytes } from "node:crypto";
import { readFile, stat, writeFile } from "node:fs/promises";

import { expect, it } from "vitest";

import { cloneFile } from "../../src/files/clone-file.ts";
import { copyHashed } from "../../src/files/copy-hashed.ts";
import { sha256File } from "../../src/files/sha256-file.ts";
import { temporaryDirectory } from "../temporary-directory.ts";

const chunk = 256 * 1024;

it.each([0, 1, chunk - 1, chunk, chunk + 1, 3 * chunk, 7 * chunk + 5])(
  "copies and hashes %d bytes",
  async (bytes) => {
    const content = randomBytes(bytes);
    const digest = `sha256:${createHash("sha256").update(content).digest("hex")}`;
    await using temporary = await temporaryDirectory({ source: content });

    const copied = await copyHashed(temporary.path("source"), temporary.path("a/copy"), 0o444);

    expect(copied).toEqual({ digest, bytes });
    expect(content.equals(await readFile(temporary.path("a/copy")))).toBe(true);
    expect((await stat(temporary.path("a/copy"))).mode & 0o777).toBe(0o444);
    expect(await sha256File(temporary.path("source"))).toBe(digest);
  },
);

it("hashes what it wrote, when the source changes meanwhile", async () => {
  await using temporary = await temporaryDirectory({ source: Buffer.alloc(40 * chunk, "a") });

  const copying = copyHashed(temporary.path("source"), temporary.path("copy"), 0o644);
  await writeFile(temporary.path("source"), Buffer.alloc(41 * chunk, "b"));
  const { digest, bytes } = await copying;

  expect(digest).toBe(await sha256File(temporary.path("copy")));
  expect(bytes).toBe((await stat(temporary.path("copy"))).size);
});

it("refuses to write over a file", async () => {
  await using temporary = await temporaryDirectory({ source: "new", copy: "old" });

  await expect(copyHashed(temporary.path("source"), temporary.path("copy"), 0o644)).rejects.toThrow(
    "EEXIST",
  );

  expect(await readFile(temporary.path("copy"), "utf8")).toBe("old");
});

it("clones a file where the file system can, and leaves nothing where it can't", async () => {
  await using temporary = await temporaryDirectory({ source: "text", taken: "other" });

  const cloned = await cloneFile(temporary.path("source"), temporary.path("copy"), 0o400);
  const refused = await cloneFile(temporary.path("source"), temporary.path("taken"), 0o400);

  const copy = await readFile(temporary.path("copy"), "utf8").catch(() => undefined);
  expect(copy).toBe(cloned ? "text" : undefined);
  expect([refused, await readFile(temporary.path("taken"), "utf8")]).toEqual([false, "other"]);
});
