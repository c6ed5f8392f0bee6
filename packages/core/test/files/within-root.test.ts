import { mkdir, symlink } from "node:fs/promises";

import { expect, it } from "vitest";

import { withinRoot } from "../../src/files/within-root.ts";
import { temporaryDirectory } from "../temporary-directory.ts";

it.each(["model.json", "plots/a.svg", "./deep/er/é $(x).txt", "..hidden", "a..b", "."])(
  "lets %j lie within the root, there or not",
  async (relative) => {
    await using temporary = await temporaryDirectory({ "root/plots/b.svg": "" });

    const path = await withinRoot(temporary.path("root"), relative);

    expect(path).toBe(temporary.path(`root/${relative}`));
  },
);

it.each(["..", "../secret", "a/../../secret", "a/../b", "/etc/passwd", "a\0b"])(
  "refuses %j",
  async (relative) => {
    await using temporary = await temporaryDirectory({ "root/file": "" });

    await expect(withinRoot(temporary.path("root"), relative)).rejects.toMatchObject({
      code: "PATH_OUTSIDE",
      exitCode: 78,
    });
  },
);

it("refuses a way through a link that leaves the root, also to a file that is not there", async () => {
  await using temporary = await temporaryDirectory({ "root/file": "", "other/file": "" });
  await symlink(temporary.path("other"), temporary.path("root/out"));

  for (const way of ["out", "out/file", "out/new/file"]) {
    const path = withinRoot(temporary.path("root"), way);

    await expect(path).rejects.toMatchObject({ code: "PATH_OUTSIDE" });
  }
});

it("takes a link that stays within the root, and a root that is itself reached through one", async () => {
  await using temporary = await temporaryDirectory({ "root/data/file": "" });
  await symlink("data", temporary.path("root/again"));
  await symlink(temporary.path("root"), temporary.path("alias"));

  const path = await withinRoot(temporary.path("alias"), "again/file");

  expect(path).toBe(temporary.path("alias/again/file"));
});

it("does not take a neighbour whose name begins alike for a part of the root", async () => {
  await using temporary = await temporaryDirectory({ "root/file": "", "root-two/file": "" });
  await mkdir(temporary.path("root/sub"));
  await symlink(temporary.path("root-two"), temporary.path("root/sub/near"));

  await expect(withinRoot(temporary.path("root"), "sub/near/file")).rejects.toMatchObject({
    code: "PATH_OUTSIDE",
  });
});
