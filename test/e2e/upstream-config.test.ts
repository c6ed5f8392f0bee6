import { describe, expect, it } from "vitest";

import { expectRefusal } from "../support/expect-refusal.ts";
import { makeProject } from "../support/job-project.ts";

const job = `import { defineJob } from "@runnable/core";
import { mkdirSync, writeFileSync } from "node:fs";
export default defineJob({
  secrets: ["TOKEN"],
  catalog: { put: ["*.txt"] },
  run({ secrets }) {
    mkdirSync("data", { recursive: true });
    writeFileSync("data/kept.txt", "x");
    writeFileSync("kept.txt", "x");
    return { length: secrets.TOKEN.length };
  },
});`;

describe("a configuration file of the Python tool", () => {
  it("works as it is: chunked-fs, file-system, dotenv, pickler, variables", async () => {
    await using project = await makeProject({
      "my.job.ts": job,
      ".secrets.env": `export TOKEN='seven77' # a comment\n`,
      "config.yaml": `pipeline-executor:
  type: local
job-executor:
  type: local
  config:
    mock: false
run-log-store:
  type: chunked-fs
  config:
    log_folder: \${LOGS}
catalog:
  type: file-system
  config:
    catalog_location: my_catalog
    compute_data_folder: data
secrets:
  type: dotenv
  config:
    location: .secrets.env
pickler:
  type: pickle
`,
    });

    const result = await project.run(["my.job.ts", "-c", "config.yaml", "--run-id", "run"], {
      RUNNABLE_VAR_LOGS: "my_logs",
    });

    expect(result).toMatchObject({
      status: "succeeded",
      returns: { length: 7 },
      catalog: [{ path: "kept.txt" }],
    });
    expect(project.has("my_logs/run/outcome.json")).toBe(true);
    expect(project.has("my_catalog/run")).toBe(true);
    expect(await project.read("my_logs/run/run.json")).toMatch(/\$\{LOGS\}/u);
  });

  it("works with `_` in section names, in the place that RUNNABLE_CONFIGURATION_FILE names", async () => {
    await using project = await makeProject({
      "my.job.ts": `import { defineJob } from "@runnable/core";
export default defineJob({ catalog: { put: ["none"] }, secrets: ["ANY"], run: () => ({ n: 1 }) });`,
      "configs/dev.yaml": `job_executor:
  type: emulator
  config: { mock: true }
run_log_store: { type: file-system }
catalog: { type: do-nothing }
secrets: { type: do-nothing }
`,
      "runnable-config.yaml": "job-executor: { type: nobody }\n",
    });

    const result = await project.run(["my.job.ts", "--run-id", "run"], {
      RUNNABLE_CONFIGURATION_FILE: "configs/dev.yaml",
    });

    expect(result).toMatchObject({ status: "succeeded", returns: {}, catalog: [] });
    expect(JSON.parse(await project.read(".run_log_store/run/run.json"))).toMatchObject({
      mock: true,
    });
  });

  it.each([
    ["local-container", "docker_image: python:3.12", "@runnable/docker"],
    ["k8s-job", "pvc_claim_name: data, jobSpec: {}", "@runnable/k8s"],
    ["mini-k8s-job", "jobSpec: {}", "@runnable/k8s"],
  ])("with the executor %s says which package brings it", async (type, config, packageName) => {
    await using project = await makeProject({
      "my.job.ts": job,
      "runnable-config.yaml": `job-executor: { type: ${type}, config: { ${config} } }\n`,
    });

    const end = await project.runnable(["run", "my.job.ts"], { TOKEN: "x" });

    expectRefusal(end, { codes: ["CONFIG_INVALID", "EXECUTOR_NOT_FOUND"] });
    expect(end.stderr).toContain(packageName);
  });

  it.each([
    ["run-log-store", "minio", "RUN_LOG_STORE_NOT_FOUND"],
    ["run-log-store", "chunked-minio", "RUN_LOG_STORE_NOT_FOUND"],
    ["catalog", "minio", "CATALOG_NOT_FOUND"],
    ["catalog", "s3", "CATALOG_NOT_FOUND"],
  ])("with %s %s says which package brings it", async (section, type, code) => {
    await using project = await makeProject({
      "my.job.ts": job,
      "runnable-config.yaml": `${section}: { type: ${type} }\n`,
    });

    const end = await project.runnable(["run", "my.job.ts"], { TOKEN: "x" });

    expectRefusal(end, { codes: ["CONFIG_INVALID", code] });
    expect(end.stderr).toContain("@runnable/s3");
  });
});
