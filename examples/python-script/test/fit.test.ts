import { describe, expect, it } from "vitest";

import { copyProject, lastJson } from "../../../test/support/copied-project.ts";

describe("fit", () => {
  it.each(["local", "emulator"])("fits a curve to the measurements on %s", async (executor) => {
    await using project = await copyProject("examples/python-script");

    const run = await project.runnable(["run", "fit.job.ts", "-e", executor, "--json"]);

    expect(lastJson(run)).toMatchObject({
      status: "succeeded",
      returns: { ppmPerYear: 2.384, ppmAhead: 436.6, error: 0.736 },
      catalog: [{ path: "residuals.csv", bytes: 12_290 }],
    });
  });

  it("gives its parameters to the script", async () => {
    await using project = await copyProject("examples/python-script");
    const args = ["run", "fit.job.ts", "-p", "since=1990", "-p", "ahead=2050"];

    const run = await project.runnable([...args, "-e", "emulator", "--json"]);

    expect(lastJson(run)).toMatchObject({ returns: { ppmAhead: 509.3 } });
  });

  it("fails with the script's own exit code", async () => {
    await using project = await copyProject("examples/python-script");

    const environment = { PYTHONHOME: "/nowhere" };

    const run = await project.runnable(["run", "fit.job.ts", "--json"], environment);

    expect(run.code).toBe(1);
    expect(lastJson(run)).toMatchObject({ status: "failed", cause: "user_error", exitCode: 1 });
  });
});
