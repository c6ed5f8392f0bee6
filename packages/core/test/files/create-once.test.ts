import { chmod, readdir, readFile, writeFile } from "node:fs/promises";

import { describe, expect, it } from "vitest";

import { createOnceSync } from "../../src/files/create-once-sync.ts";
import { createOnce } from "../../src/files/create-once.ts";
import { replaceFile } from "../../src/files/replace-file.ts";
import { temporaryDirectory } from "../temporary-directory.ts";

const variants = [
  { name: "createOnce", create: createOnce },
  {
    name: "createOnceSync",
    create: async (...given: Parameters<typeof createOnceSync>) => createOnceSync(...given),
  },
];

describe.each(variants)("$name", ({ create }) => {
  it("creates a file in directories that are not there yet, and leaves nothing beside it", async () => {
    await using temporary = await temporaryDirectory();

    const created = await create(temporary.path("a/b/fact.json"), "é\n");

    expect(created).toBe(true);
    expect(await readFile(temporary.path("a/b/fact.json"), "utf8")).toBe("é\n");
    expect(await readdir(temporary.path("a/b"))).toEqual(["fact.json"]);
  });

  it("leaves a file that is there as it is", async () => {
    await using temporary = await temporaryDirectory({ "fact.json": "first" });

    const created = await create(temporary.path("fact.json"), "second");

    expect(created).toBe(false);
    expect(await readFile(temporary.path("fact.json"), "utf8")).toBe("first");
    expect(await readdir(temporary.directory)).toEqual(["fact.json"]);
  });

  it("takes the path of a file that is not whole from another directory", async () => {
    await using temporary = await temporaryDirectory();
    const asideIn = temporary.path("aside");

    await create(temporary.path("a/fact.json"), "whole", { asideIn });

    expect(await readFile(temporary.path("a/fact.json"), "utf8")).toBe("whole");
    expect(await readdir(asideIn)).toEqual([]);
  });

  it("throws the system's error where nothing can be made", async () => {
    await using temporary = await temporaryDirectory({ file: "no directory" });

    const creating = create(temporary.path("file/fact.json"), "text");

    await expect(creating).rejects.toMatchObject({ code: expect.stringMatching(/ENOTDIR|EEXIST/) });
  });
});

it("lets one of many writers at once create a file", async () => {
  await using temporary = await temporaryDirectory();
  const writers = Array.from({ length: 20 }, (_, number) => `writer ${number}`);

  const created = await Promise.all(writers.map((text) => createOnce(temporary.path("one"), text)));

  expect(created.filter(Boolean)).toHaveLength(1);
  expect(await readFile(temporary.path("one"), "utf8")).toBe(writers[created.indexOf(true)]);
});

describe("replaceFile", () => {
  it("writes over a file, also a read-only one", async () => {
    await using temporary = await temporaryDirectory({ "heartbeat.json": "1" });
    await chmod(temporary.path("heartbeat.json"), 0o444);

    await replaceFile(temporary.path("heartbeat.json"), Buffer.from("2"));

    expect(await readFile(temporary.path("heartbeat.json"), "utf8")).toBe("2");
    expect(await readdir(temporary.directory)).toEqual(["heartbeat.json"]);
  });

  it("shows a reader the old bytes or the new, never a part", async () => {
    await using temporary = await temporaryDirectory();
    const path = temporary.path("heartbeat.json");
    const texts = ["a".repeat(300_000), "b".repeat(200_000)];
    await writeFile(path, texts[0]!);

    const seen = new Set<string>();
    const reading = readUntil(path, seen, 200);
    for (let turn = 0; turn < 40; turn += 1) {
      await replaceFile(path, texts[turn % 2]!, { durable: false });
    }
    await reading;

    expect(texts).toEqual(expect.arrayContaining([...seen]));
  });

  it("leaves nothing behind where it fails", async () => {
    await using temporary = await temporaryDirectory({ "taken/by": "a directory" });

    await expect(replaceFile(temporary.path("taken"), "text")).rejects.toThrow("EISDIR");

    expect(await readdir(temporary.directory)).toEqual(["taken"]);
  });
});

async function readUntil(path: string, seen: Set<string>, times: number): Promise<void> {
  for (let turn = 0; turn < times; turn += 1) seen.add(await readFile(path, "utf8"));
}
