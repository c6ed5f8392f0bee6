import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { promisify } from "node:util";

import type { PayloadFile } from "@runnable/plugin";
import { expect, it, onTestFinished } from "vitest";

import { payloadArchive } from "../src/payload-archive.ts";
import { tarHeader } from "../src/tar-header.ts";

async function makeDirectory(): Promise<string> {
  const directory = await mkdtemp(path.join(tmpdir(), "runnable-archive-"));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

/** What tar, as it is installed here, makes of an archive. */
async function unpack(directory: string, archive: Readable): Promise<void> {
  const file = path.join(directory, "archive.tar");
  await writeFile(file, archive);
  await promisify(execFile)("tar", ["-xpf", file, "-C", directory]);
}

it.each([
  ["run.mjs", "export {};", 0o644],
  ["files/data/ä € 𝄞.csv", "1,2\n", 0o644],
  [`files/${"long/".repeat(40)}name.txt`, "deep", 0o644],
  ["empty", "", 0o644],
  ["block", "x".repeat(512), 0o644],
  ["tool.sh", "#!/bin/sh\n", 0o755],
])("tar finds %s as it was", async (name, text, mode) => {
  const directory = await makeDirectory();
  const source = path.join(directory, "source");
  await writeFile(source, text);
  const bytes = Buffer.byteLength(text);
  const file: PayloadFile = { path: name, source, bytes, mode, digest: "sha256:0" };

  await unpack(directory, Readable.from(payloadArchive([file], "/runnable/payload")));

  const there = path.join(directory, "runnable/payload", name);
  expect(await readFile(there, "utf8")).toBe(text);
  expect((await stat(there)).mode & 0o777).toBe(mode);
});

it("every user of a container may read the payload, and write where a job works", async () => {
  const directory = await makeDirectory();
  const source = path.join(directory, "source");
  await writeFile(source, "x");
  const file = { path: "private.key", source, bytes: 1, mode: 0o600, digest: "sha256:0" };

  await unpack(directory, Readable.from(payloadArchive([file], "/runnable/payload")));

  const modeOf = async (name: string) => (await stat(path.join(directory, name))).mode & 0o7777;
  expect(await modeOf("runnable/payload/private.key")).toBe(0o644);
  expect(await modeOf("runnable/payload")).toBe(0o755);
  expect(await modeOf("runnable/work")).toBe(0o1777);
});

it("directories of the image are left as they are", async () => {
  const archive = Buffer.concat(await Array.fromAsync(payloadArchive([], "/app/src")));

  expect(archive.includes("app/")).toBe(false);
});

it("tells sizes that eleven octal digits can't", () => {
  const header = tarHeader({ path: "big", mode: 0o644, bytes: 9 * 2 ** 30, type: "file" });

  expect(header.toString()).toContain(`size=${9 * 2 ** 30}\n`);
});
