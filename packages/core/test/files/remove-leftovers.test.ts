import { readdir, utimes, writeFile } from "node:fs/promises";

import { expect, it } from "vitest";

import { asidePath } from "../../src/files/aside-path.ts";
import { removeLeftovers } from "../../src/files/remove-leftovers.ts";
import { temporaryDirectory } from "../temporary-directory.ts";

it("removes what a crashed writer left more than a day ago, and nothing else", async () => {
  await using temporary = await temporaryDirectory({ "old.json": "", "notes.tmp-1": "" });
  const [old, fresh] = [asidePath(temporary.path("a")), asidePath(temporary.path("b"))];
  const dayAgo = new Date(Date.now() - 25 * 60 * 60 * 1000);
  for (const path of [old, fresh]) await writeFile(path, "part");
  for (const path of [old, temporary.path("old.json"), temporary.path("notes.tmp-1")]) {
    await utimes(path, dayAgo, dayAgo);
  }

  await removeLeftovers(temporary.directory);

  const names = await readdir(temporary.directory);
  expect(names.toSorted()).toEqual([expect.stringMatching(/^b\.tmp-/), "notes.tmp-1", "old.json"]);
});

it("does nothing where there is no directory", async () => {
  await using temporary = await temporaryDirectory();

  await expect(removeLeftovers(temporary.path("missing"))).resolves.toBeUndefined();
});
