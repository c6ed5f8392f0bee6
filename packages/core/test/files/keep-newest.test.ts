import { readdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { keepNewest } from "../../src/files/keep-newest.ts";
import { temporaryDirectory } from "../temporary-directory.ts";

describe("keepNewest", () => {
  it("removes the oldest files once there are more than twice as many as are kept", async () => {
    await using temporary = await temporaryDirectory();
    fill(temporary.directory, 5);

    await keepNewest(temporary.directory, 2);

    expect(readdirSync(temporary.directory)).toEqual(["file-3", "file-4"]);
  });

  it("leaves a directory alone that holds fewer", async () => {
    await using temporary = await temporaryDirectory();
    fill(temporary.directory, 4);

    await keepNewest(temporary.directory, 2);

    expect(readdirSync(temporary.directory)).toHaveLength(4);
  });

  it("is content with a directory that is not there", async () => {
    await using temporary = await temporaryDirectory();

    await expect(keepNewest(temporary.path("nothing"), 2)).resolves.toBeUndefined();
  });
});

function fill(directory: string, count: number): void {
  for (let index = 0; index < count; index++) {
    const file = join(directory, `file-${index}`);
    writeFileSync(file, "");
    utimesSync(file, index, index);
  }
}
