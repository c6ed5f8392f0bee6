import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { relative } from "node:path";

import { describe, expect, it } from "vitest";

import { makeWorkingDirectory } from "../../src/execute/working-directory.ts";
import { temporaryProject } from "../jobs/temporary-project.ts";

describe("makeWorkingDirectory", () => {
  it("is absolute where the platform names its directory by a relative path", async () => {
    await using project = await temporaryProject({});
    const env = { RUNNABLE_WORK_DIRECTORY: relative(process.cwd(), project.path("work")) };

    const { path } = await makeWorkingDirectory("/", { workingFiles: [], files: [] }, env);

    expect(path.startsWith(project.path("work/"))).toBe(true);
  });

  it("holds the declared files, with their permission bits, and nothing else", async () => {
    await using project = await temporaryProject({});
    await mkdir(project.path("files/data"), { recursive: true });
    await writeFile(project.path("files/data/in.csv"), "a,b\n");

    const directory = await makeWorkingDirectory(
      project.directory,
      {
        workingFiles: ["data/in.csv"],
        files: [{ path: "files/data/in.csv", digest: "", mode: 0o400 }],
      },
      { RUNNABLE_WORK_DIRECTORY: project.directory },
    );

    expect(await readdir(directory.path, { recursive: true })).toEqual(["data", "data/in.csv"]);
    expect(await readFile(`${directory.path}/data/in.csv`, "utf8")).toBe("a,b\n");
    expect((await stat(`${directory.path}/data/in.csv`)).mode & 0o777).toBe(0o400);
  });
});
