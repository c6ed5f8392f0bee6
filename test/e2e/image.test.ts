import { readdir } from "node:fs/promises";
import path from "node:path";

import { beforeAll, describe, expect, it } from "vitest";

import { installProject, type PackedProject } from "./packed.ts";

const fixture = path.resolve(import.meta.dirname, "../fixtures/acme-stores");

/** Node alone can't strip the enum: there as here the bundler loads the file. */
const job = `import { defineJob } from "@runnable/core";
enum Colour { Red = "red" }
export default defineJob({
  secrets: ["TOKEN"],
  catalog: { put: ["made.txt"] },
  async run({ parameters, secrets }) {
    const { writeFileSync } = await import("node:fs");
    console.log("in the image", secrets.TOKEN);
    writeFileSync("made.txt", "made");
    return { n: parameters.n, colour: Colour.Red, token: secrets.TOKEN.length };
  },
});
`;
const stores = `run-log-store: { type: acme-log, config: { folder: records } }
catalog: { type: acme-catalog, config: { folder: kept } }
`;
const env = { TOKEN: "a-secret-value" };

let image: PackedProject;
let project: PackedProject;

beforeAll(async () => {
  image = await installProject({ "my_job.ts": job });
  await image.install(fixture);
  project = await installProject({ "my_job.ts": job, "params.yaml": "n: 3\n" });
  await project.install(fixture);
  return async () => {
    await image[Symbol.asyncDispose]();
    await project[Symbol.asyncDispose]();
  };
}, 240_000);

describe.each(["same-path", "mounted", "separate", "relay"])("an image, storage %s", (storage) => {
  it.each([
    ["built-in stores", ""],
    ["stores of an installed package", stores],
  ])("does the job by the verbatim command, with %s", async (_, sections) => {
    const executor = {
      type: "emulator",
      config: { code: "image", image: image.directory, storage },
    };
    await project.write({
      "config.yaml": `job-executor: ${JSON.stringify(executor)}\n${sections}`,
    });
    const argv = ["-c", "config.yaml", "--parameters", "params.yaml", "--json"];
    const plan = await project.run(["plan", "my_job.ts", ...argv], { env });
    const { code, stdout, stderr } = await project.run(["run", "my_job.ts", ...argv], { env });
    const { runId, submission } = JSON.parse(plan.stdout) as Plan;

    expect(submission.command.argv.join(" ")).toBe(
      `runnable execute-job my_job.ts ${runId} --config config.yaml --parameters params.yaml`,
    );
    expect(code, stderr).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      status: "succeeded",
      returns: { n: 3, colour: "red", token: 14 },
      catalog: [{ path: "made.txt" }],
    });
    expect(stderr).toContain("in the image ***");
  });
});

interface Plan {
  readonly runId: string;
  readonly submission: { readonly command: { readonly argv: readonly string[] } };
}

describe("execute-job by hand", () => {
  const argv = ["execute-job", "my_job.ts", "run_123", "--config", "config.yaml"] as const;

  it("makes the run in the run log of its config, whatever executor that names", async () => {
    await image.write({
      "config.yaml": `job-executor: { type: elsewhere }\n${stores}`,
      "params.yaml": "n: 4\n",
    });
    const { code, stdout, stderr } = await image.run([...argv, "--parameters", "params.yaml"], {
      env,
    });

    expect(code, stderr).toBe(0);
    expect(stdout).toBe("in the image ***\n");
    expect(stderr).toContain("my_job succeeded");
    expect(await readdir(image.path("records"))).toEqual(expect.arrayContaining(["run_123"]));
    expect(await image.readJson("records/run_123/outcome.fact")).toMatchObject({
      status: "succeeded",
      returns: { n: 4, colour: "red" },
    });
  });

  it("refuses a run id that was used", async () => {
    const { code, stderr } = await image.run([...argv, "--json"], { env });

    expect(stderr).toContain("error[RUN_ID_USED]");
    expect(code).toBe(78);
  });
});
