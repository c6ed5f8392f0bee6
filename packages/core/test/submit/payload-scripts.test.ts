import { describe, expect, it } from "vitest";

import { scriptJob } from "../../src/jobs/script-job.ts";
import { makePayload } from "../../src/submit/payload.ts";
import { temporaryProject } from "../jobs/temporary-project.ts";

describe("makePayload", () => {
  it("takes along the files that a script job's arguments name", async () => {
    await using project = await temporaryProject({ "work.py": "", "data/in.csv": "a,b\n" });
    const job = scriptJob({ argv: ["python3", "work.py", "--in", "data/in.csv", "missing.txt"] });

    const staged = await makePayload({
      mode: "mount",
      reference: { file: project.path("work.job.ts"), exportName: "default" },
      job,
      stageDirectory: project.path(".runnable/stage/x"),
      workingDirectory: project.directory,
      projectDirectory: project.directory,
    });

    expect(staged.submissionPart.workingFiles).toEqual(["data/in.csv", "work.py"]);
  });
});
