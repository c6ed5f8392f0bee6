import { symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";

import { describe, expect, it } from "vitest";

import { defineJob } from "../../src/jobs/index.ts";
import { refuseChanged } from "../../src/submit/payload-file.ts";
import { makePayload } from "../../src/submit/payload.ts";
import { openProject, optionsOf } from "./open-project.ts";

describe("declared files", () => {
  it("must be there", async () => {
    await using project = openProject({ "data/a.csv": "1" });
    const job = defineJob({ files: ["data/*.csv", "model/*.json"], run: () => ({}) });

    const made = makePayload(optionsOf(project, { job }));

    await expect(made).rejects.toMatchObject({
      code: "FILES_UNMATCHED",
      message: expect.stringContaining('"model/*.json"'),
    });
  });

  it("must not lead out of the working directory by a link", async () => {
    await using outside = openProject({ "secret.txt": "x" });
    await using project = openProject({});
    symlinkSync(
      path.join(outside.directory, "secret.txt"),
      path.join(project.directory, "link.txt"),
    );
    const job = defineJob({ files: ["*.txt"], run: () => ({}) });

    const made = makePayload(optionsOf(project, { job }));

    await expect(made).rejects.toMatchObject({ code: "PATH_OUTSIDE" });
  });

  it("do not include packages unless they are named", async () => {
    await using project = openProject({ "a.json": "{}", "node_modules/p/b.json": "{}" });
    const everything = defineJob({ files: ["**/*.json"], run: () => ({}) });
    const named = defineJob({ files: ["node_modules/p/*.json"], run: () => ({}) });

    const first = await makePayload(optionsOf(project, { job: everything }));
    const second = await makePayload(optionsOf(project, { job: named }));

    expect(first.submissionPart.workingFiles).toEqual(["a.json"]);
    expect(second.submissionPart.workingFiles).toEqual(["node_modules/p/b.json"]);
  });

  it("are refused when they change before they are sent", async () => {
    await using project = openProject({ "a.txt": "1" });
    const job = defineJob({ files: ["a.txt"], run: () => ({}) });
    const { payload } = await makePayload(optionsOf(project, { job }));
    await refuseChanged(payload);

    writeFileSync(path.join(project.directory, "a.txt"), "12");

    await expect(refuseChanged(payload)).rejects.toMatchObject({ code: "PAYLOAD_CHANGED" });
  });
});
