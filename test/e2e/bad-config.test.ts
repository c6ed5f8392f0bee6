import { describe, expect, it } from "vitest";

import { canary, codesIn, expectRefusal } from "../support/expect-refusal.ts";
import { makeProject } from "../support/job-project.ts";

const job = `import { defineJob } from "@runnable/core";
export default defineJob({ run: () => ({ n: 1 }) });`;

async function runWith(config: string) {
  await using project = await makeProject({ "my.job.ts": job, "config.yaml": config });
  const end = await project.runnable(["run", "my.job.ts", "--config", "config.yaml"]);
  return { ...end, wrote: project.has(".run_log_store") || project.has(".runnable") };
}

describe("a wrong configuration", () => {
  it.each([
    [
      "an unknown section",
      `job-executer: { type: ${canary} }`,
      "CONFIG_UNKNOWN_SECTION",
      "job-executor",
    ],
    [
      "an unknown key of a section",
      `catalog: { typ: x, type: file-system }`,
      "CONFIG_UNKNOWN_KEY",
      "type",
    ],
    [
      "an unknown setting",
      `run-log-store: { type: file-system, config: { log_foldr: ${canary} } }`,
      "CONFIG_UNKNOWN_KEY",
      "log_folder",
    ],
    ["an unknown type", `secrets: { type: dotenvv }`, "SECRETS_NOT_FOUND", "dotenv"],
    [
      "a type that another package brings",
      `job-executor: { type: docker, config: { docker_image: ${canary} } }`,
      "EXECUTOR_NOT_FOUND",
      "npm install --save-dev @runnable/docker",
    ],
    [
      "a value of the wrong type",
      `catalog: { type: file-system, config: { catalog_location: [${canary}] } }`,
      "CONFIG_VALUE",
      "catalog.config.catalog_location",
    ],
    [
      "a word that is none of the choices",
      `job-executor: { type: emulator, config: { storage: ${canary} } }`,
      "CONFIG_VALUE",
      "same-path",
    ],
    [
      "a section without a type",
      `job-executor: { config: {} }`,
      "CONFIG_MISSING_KEY",
      "job-executor",
    ],
    ["a section that is a list", `job-executor: [${canary}]`, "CONFIG_VALUE", "job-executor"],
    [
      "an unset variable",
      `catalog: { type: file-system, config: { catalog_location: "\${NOWHERE}" } }`,
      "CONFIG_VARIABLE_UNSET",
      "RUNNABLE_VAR_NOWHERE",
    ],
    [
      "an import that is not there",
      `$import: ./missing-file.yaml`,
      "CONFIG_IMPORT_NOT_FOUND",
      "missing-file.yaml",
    ],
  ])("with %s is refused, with its place and a way out", async (_, config, code, said) => {
    const end = await runWith(config);

    expectRefusal(end, { codes: ["CONFIG_INVALID", code] });
    expect(end.stderr).toMatch(/config\.yaml:1:\d+/);
    expect(end.stderr).toContain(said);
    expect(end.wrote).toBe(false);
  });

  it.each([
    ["a tab", "job-executor:\n\ttype: local\n"],
    ["an open quote", `job-executor: { type: "local }\n`],
    ["a key twice", "catalog: { type: do-nothing }\ncatalog: { type: do-nothing }\n"],
  ])("whose YAML has %s is refused with its place", async (_, config) => {
    const end = await runWith(config);

    expectRefusal(end, { codes: ["CONFIG_INVALID", "CONFIG_SYNTAX"] });
    expect(end.stderr).toMatch(/config\.yaml:\d+:\d+/);
  });

  it("is told whole: every problem with its file, line and column", async () => {
    const end = await runWith(`job-executr:
  type: emulator
run-log-store:
  type: file-system
  config: { log_foldr: ${canary} }
catalog: { type: nothing }
secrets:
  type: dotenv
  config: { location: 7 }
`);

    expectRefusal(end, {
      codes: [
        "CONFIG_INVALID",
        "CONFIG_UNKNOWN_SECTION",
        "CONFIG_UNKNOWN_KEY",
        "CATALOG_NOT_FOUND",
        "CONFIG_VALUE",
      ],
    });
    const places = [...end.stderr.matchAll(/config\.yaml:\d+:\d+/g)].map(String);
    expect(places).toEqual([
      "config.yaml:1:1",
      "config.yaml:5:13",
      "config.yaml:6:12",
      "config.yaml:9:13",
    ]);
  });

  it("that is not there is refused, also when the environment names it", async () => {
    await using project = await makeProject({ "my.job.ts": job });

    const named = await project.runnable(["run", "my.job.ts", "--config", "missing.yaml"]);
    const fromEnvironment = await project.runnable(["run", "my.job.ts"], {
      RUNNABLE_CONFIGURATION_FILE: "missing.yaml",
    });

    expectRefusal(named, { codes: ["CONFIG_INVALID", "CONFIG_FILE_NOT_FOUND"] });
    expectRefusal(fromEnvironment, { codes: ["CONFIG_INVALID", "CONFIG_FILE_NOT_FOUND"] });
    expect(fromEnvironment.stderr).toContain("RUNNABLE_CONFIGURATION_FILE");
  });

  it.each(["plan", "run"])(
    "is refused by `%s` as JSON too, on standard output",
    async (command) => {
      await using project = await makeProject({ "my.job.ts": job, "config.yaml": "nonsense: 1" });

      const { code, stdout } = await project.runnable([
        command,
        "my.job.ts",
        "-c",
        "config.yaml",
        "--json",
      ]);

      expect(code).toBe(78);
      expect(JSON.parse(stdout)).toMatchObject({ error: { code: "CONFIG_INVALID" } });
    },
  );

  it("in code fails when it is imported, and says where", async () => {
    await using project = await makeProject({
      "my.job.ts": job,
      "runnable.config.ts": `throw new Error("broken config");`,
    });

    const end = await project.runnable(["run", "my.job.ts"]);

    expect(end.code).toBe(78);
    expect(codesIn(end.stderr)).toContain("CONFIG_IMPORT_FAILED");
    expect(end.stderr).toContain("runnable.config.ts");
  });
});
