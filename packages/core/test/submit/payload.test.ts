import { chmodSync, readFileSync } from "node:fs";
import path from "node:path";

import { describe, expect, it } from "vitest";

import { defineJob, scriptJob, shellJob } from "../../src/jobs/index.ts";
import { makePayload } from "../../src/submit/payload.ts";
import { digestOf, openProject, optionsOf } from "./open-project.ts";

describe("a payload in mode bundle", () => {
  it("holds the job side, the job, and its declared files below files/", async () => {
    await using project = openProject({ "data/a.csv": "1", "data/b.csv": "2", "notes.txt": "" });
    const job = defineJob({ files: ["data/*.csv"], run: () => ({}) });

    const { payload, submissionPart } = await makePayload(optionsOf(project, { job }));

    expect(payload.files.map((file) => file.path)).toEqual([
      "files/data/a.csv",
      "files/data/b.csv",
      "job.mjs",
      "job.mjs.lines.json",
      "run.mjs",
    ]);
    expect(submissionPart).toMatchObject({
      mode: "bundle",
      job: { module: "job.mjs", exportName: "default" },
      workingFiles: ["data/a.csv", "data/b.csv"],
    });
  });

  it("describes each file by the digest, size and mode of its bytes, and leaves it where it is", async () => {
    await using project = openProject({ "tool.sh": "#!/bin/sh\n" });
    chmodSync(path.join(project.directory, "tool.sh"), 0o755);
    const job = shellJob({ command: "./tool.sh", files: ["tool.sh"] });

    const { payload } = await makePayload(optionsOf(project, { job }));

    expect(payload.files.find((file) => file.path === "files/tool.sh")).toEqual({
      path: "files/tool.sh",
      source: path.join(project.directory, "tool.sh"),
      bytes: 10,
      digest: digestOf("#!/bin/sh\n"),
      mode: 0o755,
    });
    for (const file of payload.files) expect(file.digest).toBe(digestOf(readFileSync(file.source)));
    expect(payload.bytes).toBe(payload.files.reduce((sum, file) => sum + file.bytes, 0));
  });

  it("takes along the files that a script's arguments name", async () => {
    await using project = openProject({ "train.py": "pass", "other.py": "" });
    const job = scriptJob({ argv: ["python", "train.py", "--epochs", "3"] });

    const { submissionPart } = await makePayload(optionsOf(project, { job }));

    expect(submissionPart.workingFiles).toEqual(["train.py"]);
  });

  it("takes along what the job's modules read beside them", async () => {
    await using project = openProject({
      "main.job.ts": 'export default new URL("./words.txt", import.meta.url);',
      "words.txt": "one",
    });

    const { payload } = await makePayload(optionsOf(project, {}));

    expect(payload.files.find((file) => file.path.endsWith("/words.txt"))).toMatchObject({
      path: "job.assets/words.txt",
      digest: digestOf("one"),
    });
  });

  it("bundles other modules under the names that they are given", async () => {
    await using project = openProject({
      "store.ts": "export const enum A { B = 7 } export default A.B;",
    });
    const modules = [
      { path: "stores/run-log.mjs", entry: path.join(project.directory, "store.ts") },
    ];

    const { payload } = await makePayload(optionsOf(project, { modules }));

    const file = payload.files.find(({ path: name }) => name === "stores/run-log.mjs");
    expect(await import(file!.source)).toMatchObject({ default: 7 });
  });

  it("has equal digests for equal projects", async () => {
    await using one = openProject({ "data.csv": "1" });
    await using other = openProject({ "data.csv": "1" });
    const job = defineJob({ files: ["data.csv"], run: () => ({}) });

    const [first, second] = await Promise.all([
      makePayload(optionsOf(one, { job })),
      makePayload(optionsOf(other, { job })),
    ]);

    expect(second.payload.digest).toBe(first.payload.digest);
  });
});

describe("a payload in other modes", () => {
  it("leaves the job where it is in mode mount", async () => {
    await using project = openProject({ "data.csv": "1" });
    const job = defineJob({ files: ["data.csv"], run: () => ({}) });

    const { payload, submissionPart } = await makePayload(
      optionsOf(project, { job, mode: "mount" }),
    );

    expect(payload.files.map((file) => file.path)).toEqual(["files/data.csv", "run.mjs"]);
    expect(submissionPart.job.module).toBe(path.join(project.directory, "main.job.ts"));
  });

  it("is empty in mode image, and names the job relative to the project", async () => {
    await using project = openProject({ "jobs/main.job.ts": "export default 1;" });
    const reference = {
      file: path.join(project.directory, "jobs/main.job.ts"),
      exportName: "train",
    };

    const { payload, submissionPart } = await makePayload(
      optionsOf(project, { mode: "image", reference }),
    );

    expect(payload.files).toEqual([]);
    expect(submissionPart.job).toEqual({ module: "jobs/main.job.ts", exportName: "train" });
  });
});
