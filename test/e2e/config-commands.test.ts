import { readdir } from "node:fs/promises";

import { describe, expect, it } from "vitest";

import { makeProject } from "../support/job-project.ts";

const canary = "hunter2-canary";

describe("runnable config check", () => {
  it("ends with 0 and tells who does what", async () => {
    await using project = await makeProject({
      "runnable-config.yaml": "job-executor: { type: emulator }",
    });

    const { code, stdout, stderr } = await project.runnable(["config", "check"]);

    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain("✓ runnable-config.yaml: no problems");
    expect(stdout).toMatch(/job-executor +emulator +@runnable\/local \d/u);
    expect((await readdir(project.directory)).toSorted()).toEqual([
      "node_modules",
      "package.json",
      "runnable-config.yaml",
    ]);
  });

  it("ends with 78 and tells every problem with its place, never a value", async () => {
    await using project = await makeProject({
      "wrong.yaml": `job-executor: { type: emulator, config: { storage: ${canary} } }\nsecrets: { typ: ${canary} }\n`,
    });

    const { code, stdout, stderr } = await project.runnable([
      "config",
      "check",
      "-c",
      "wrong.yaml",
    ]);

    expect({ code, stdout }).toEqual({ code: 78, stdout: "" });
    expect(stderr).toContain("wrong.yaml:1:");
    expect(stderr).toContain("wrong.yaml:2:");
    expect(stderr).toContain("✗ wrong.yaml: 3 problems");
    expect(stderr).not.toContain(canary);
  });

  it("prints one line of JSON, whatever is found", async () => {
    await using project = await makeProject({ "wrong.yaml": "catalog: { type: file-sytem }" });

    const right = await project.runnable(["config", "check", "--json"]);
    const wrong = await project.runnable(["config", "check", "--json", "-c", "wrong.yaml"]);

    expect([right.code, wrong.code]).toEqual([0, 78]);
    expect(JSON.parse(right.stdout)).toMatchObject({
      valid: true,
      projectDirectory: project.directory,
      problems: [],
      warnings: [],
      services: [
        { section: "job-executor", type: "local", package: "@runnable/local" },
        {},
        {},
        {},
      ],
    });
    expect(JSON.parse(wrong.stdout)).toMatchObject({
      valid: false,
      problems: [
        {
          code: "CATALOG_NOT_FOUND",
          path: ["catalog", "type"],
          file: project.path("wrong.yaml"),
          line: 1,
          column: 12,
        },
      ],
    });
  });
});

describe("runnable config schema", () => {
  it("prints the schema, or writes the same text into a file", async () => {
    await using project = await makeProject({});

    const printed = await project.runnable(["config", "schema"]);
    const written = await project.runnable(["config", "schema", "--output", "s.json"]);

    expect([printed.code, written.code]).toEqual([0, 0]);
    expect(JSON.parse(printed.stdout)).toHaveProperty("properties.job-executor");
    expect(await project.read("s.json")).toBe(printed.stdout);
    expect(written.stdout).toContain("# yaml-language-server: $schema=./s.json");
  });

  it("names a directory that is not there", async () => {
    await using project = await makeProject({});

    const { code, stderr } = await project.runnable(["config", "schema", "-o", "no/where.json"]);

    expect(code).toBe(78);
    expect(stderr).toContain("error[OUTPUT_UNWRITABLE]");
  });
});
