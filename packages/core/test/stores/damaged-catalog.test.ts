import { readFile, readdir, rename, writeFile } from "node:fs/promises";

import { expect, it } from "vitest";

import { temporaryDirectory } from "../temporary-directory.ts";
import { blobPaths, openCatalog, putFiles } from "./use-catalog.ts";

it("notices a flipped byte, and leaves the file that is there", async () => {
  await using temporary = await temporaryDirectory({
    a: "text",
    b: Buffer.alloc(2_000_000, "b"),
  });
  await putFiles(temporary, ["a", "b"], { runId: "run-1" });
  for (const blob of await blobPaths(temporary)) await flipByte(blob);
  const catalog = await openCatalog(temporary);

  for (const entry of await catalog.list("run-1")) {
    await expect(catalog.get("run-1", [entry], temporary.directory)).rejects.toMatchObject({
      code: "CATALOG_DIGEST",
    });
  }

  expect(await readFile(temporary.path("a"), "utf8")).toBe("text");
  expect((await readdir(temporary.directory)).toSorted()).toEqual([".catalog", "a", "b"]);
});

it("names a damaged manifest", async () => {
  await using temporary = await temporaryDirectory({
    ".catalog/run-1/.manifest/00000001.json": `{"entries":[{"path":"a","digest":"sha256:../../x"}]}`,
  });
  const catalog = await openCatalog(temporary);

  await expect(catalog.list("run-1")).rejects.toMatchObject({ code: "RECORD_UNREADABLE" });
});

/** By a new file in its place, since nobody may write into a blob. */
async function flipByte(blob: string): Promise<void> {
  const content = await readFile(blob);
  content[content.length >> 1]! ^= 1;
  await writeFile(`${blob}.new`, content);
  await rename(`${blob}.new`, blob);
}
