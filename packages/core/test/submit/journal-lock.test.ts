import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { expect, it } from "vitest";

import { lockRun } from "../../src/submit/journal-lock.ts";
import { deadProcess } from "../memory-records.ts";
import { temporaryDirectory } from "../temporary-directory.ts";

it("gives a run to one at a time, and to the next once it is released", async () => {
  await using directory = await temporaryDirectory();

  const locks = await Promise.all([1, 2, 3, 4].map(() => lockRun(directory.directory, "run")));
  const [lock, ...others] = locks.filter((one) => one !== undefined);
  expect(others).toEqual([]);
  expect(await lockRun(directory.directory, "run")).toBeUndefined();
  expect(await lockRun(directory.directory, "run.lock-1")).toBeDefined();

  await lock?.release();
  expect(await lockRun(directory.directory, "run")).toBeDefined();
});

it("gives a run whose holder is gone to one, and clears all away at the end", async () => {
  await using directory = await temporaryDirectory();

  await writeFile(join(directory.directory, "run.lock-1"), JSON.stringify(deadProcess()));

  const locks = await Promise.all([1, 2, 3, 4].map(() => lockRun(directory.directory, "run")));
  const [lock, ...others] = locks.filter((one) => one !== undefined);
  await lock?.release();

  expect(lock).toBeDefined();
  expect(others).toEqual([]);
  expect(await readdir(directory.directory)).toEqual([]);
});

it("leaves a run to a holder on another machine, whose life nobody here can tell", async () => {
  await using directory = await temporaryDirectory();
  const holder = { ...deadProcess(), host: "another" };
  await writeFile(join(directory.directory, "run.lock-1"), JSON.stringify(holder));

  expect(await lockRun(directory.directory, "run")).toBeUndefined();
});
