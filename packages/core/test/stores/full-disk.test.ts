import { execFile, spawnSync } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

import { expect, it } from "vitest";

import { temporaryDirectory } from "../temporary-directory.ts";

// A file system of 128 KiB, mounted in a namespace of its own.
const hasNamespaces =
  spawnSync("unshare", ["-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]).status === 0;

it.runIf(hasNamespaces)("says that a disk is full, and leaves nothing torn on it", async () => {
  await using temporary = await temporaryDirectory({
    large: Buffer.alloc(2_000_000),
    "disk/below": "",
  });
  const fixture = join(import.meta.dirname, "fixtures/fill-store.ts");
  const script = `mount -t tmpfs -o size=128k tmpfs "$1" && exec "$0" "$2" "$1" "$3"`;
  const [disk, large] = [temporary.path("disk"), temporary.path("large")];
  const argv = ["-rm", "sh", "-c", script, process.execPath, disk, fixture, large];

  const { stdout } = await promisify(execFile)("unshare", argv);

  const full = "STORE_UNWRITABLE";
  expect(stdout.split("\n").slice(0, -1)).toEqual([
    "true",
    full,
    full,
    full,
    full,
    "null",
    "[]",
    "true",
  ]);
});
