import { describe, expect, it } from "vitest";

import { lastJson } from "../support/copied-project.ts";
import { makeProject, type JobProject } from "../support/job-project.ts";

/** A project whose platform has disks of its own, so that records and files stay there. */
function project(): Promise<JobProject> {
  return makeProject({
    "my.job.ts": `import { shellJob } from "@runnable/core";
      export default shellJob({
        catalog: { put: ["out.txt"] },
        command: "echo kept > out.txt; echo n=1 > $RUNNABLE_OUTPUT",
      });`,
    "runnable-config.yaml": "job-executor: { type: emulator, config: { storage: separate } }\n",
  });
}

describe("a run whose stores are over there", () => {
  it("is shown again by attach, as it ended", async () => {
    await using p = await project();
    await p.runnable(["run", "my.job.ts"]);

    const attach = await p.runnable(["attach", "latest", "--json"]);

    expect(attach.code).toBe(0);
    expect(lastJson(attach)).toMatchObject({ status: "succeeded", returns: { n: 1 } });
  });

  it.each([
    ["list", "latest"],
    ["get", "latest", "--to", "out"],
  ])("says where its files are: catalog %s", async (...words) => {
    await using p = await project();
    await p.runnable(["run", "my.job.ts"]);

    const end = await p.runnable(["catalog", ...words, "--json"]);

    expect(end.code).toBe(75);
    expect(lastJson(end)).toMatchObject({ error: { code: "CATALOG_UNREACHABLE" } });
  });
});
