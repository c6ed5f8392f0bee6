import type { ConfigCheck, ConfigProblem } from "@runnable/core/config";
import { expect, it } from "vitest";

import { configCheckLine } from "../../src/format/config-check-line.ts";
import { formatConfigCheck } from "../../src/format/format-config-check.ts";
import { createStyle } from "../../src/terminal/style.ts";

const page = { style: createStyle(false), columns: 60, cwd: "/work" };

const right: ConfigCheck = {
  file: "/work/configs/prod.yaml",
  projectDirectory: "/work",
  services: [
    { section: "job-executor", type: "hpc", package: "@acme/hpc", version: "1.2.0" },
    { section: "job-executors.local", type: "local", package: "@runnable/local", version: "0.1.0" },
  ],
  problems: [],
  warnings: [],
};

const problem: ConfigProblem = {
  code: "CONFIG_UNKNOWN_KEY",
  message: '"queu" is not a setting of hpc',
  path: ["job-executor", "config", "queu"],
  position: { file: "/work/configs/prod.yaml", line: 4, column: 5 },
};

it("shows who does what where nothing is wrong", () => {
  expect(formatConfigCheck(right, page)).toBe(`✓ configs/prod.yaml: no problems

  SECTION              TYPE   PROVIDED BY
  job-executor         hpc    @acme/hpc 1.2.0
  job-executors.local  local  @runnable/local 0.1.0
`);
});

it("says that defaults hold where there is no file", () => {
  expect(formatConfigCheck({ ...right, file: undefined }, page)).toContain(
    "✓ no configuration file: the defaults hold\n",
  );
});

it("counts what is wrong", () => {
  const two = { ...right, problems: [problem, problem], warnings: [problem] };

  expect(formatConfigCheck(two, page)).toBe("\n✗ configs/prod.yaml: 2 problems, 1 warning\n");
  expect(formatConfigCheck({ ...right, warnings: [problem] }, page)).toContain("1 warning\n");
});

it("puts the place of a problem beside its path, for programs", () => {
  expect(configCheckLine({ ...right, problems: [problem] })).toMatchObject({
    valid: false,
    problems: [
      {
        code: "CONFIG_UNKNOWN_KEY",
        path: ["job-executor", "config", "queu"],
        file: "/work/configs/prod.yaml",
        line: 4,
        column: 5,
      },
    ],
  });
});
