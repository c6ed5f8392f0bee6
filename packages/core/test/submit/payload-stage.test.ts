import { readFileSync } from "node:fs";

import { describe, expect, it } from "vitest";

import { addFile } from "../../src/submit/payload-stage.ts";
import { makePayload } from "../../src/submit/payload.ts";
import { digestOf, openProject, optionsOf } from "./open-project.ts";

describe("a file added to a payload", () => {
  it("is written into the stage and changes the payload's digest", async () => {
    await using project = openProject({});
    const stage = await makePayload(optionsOf(project, { mode: "image" }));

    const added = await addFile(stage, "parameters.json", '{"epochs":3}');

    const [file] = added.payload.files;
    expect(file).toMatchObject({ path: "parameters.json", digest: digestOf('{"epochs":3}') });
    expect(readFileSync(file!.source, "utf8")).toBe('{"epochs":3}');
    expect(added.payload.digest).not.toBe(stage.payload.digest);
    expect(added.submissionPart.files).toEqual([
      { path: "parameters.json", digest: file!.digest, mode: 0o644 },
    ]);
  });

  it("is left out of the submission when it holds the submission", async () => {
    await using project = openProject({});
    const stage = await makePayload(optionsOf(project, { mode: "image" }));

    const added = await addFile(stage, "config.json", "{}");

    expect(added.payload.files).toHaveLength(1);
    expect(added.submissionPart.files).toEqual([]);
  });

  it("replaces one of the same name", async () => {
    await using project = openProject({});
    const stage = await makePayload(optionsOf(project, { mode: "image" }));

    const added = await addFile(await addFile(stage, "config.json", "{}"), "config.json", "[]");

    expect(added.payload.files).toEqual([expect.objectContaining({ digest: digestOf("[]") })]);
  });
});
