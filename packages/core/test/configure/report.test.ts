import { expect, it } from "vitest";

import type { ConfigProblem } from "../../src/configure/config.ts";
import { configError, formatProblems } from "../../src/configure/report.ts";

const problems: readonly ConfigProblem[] = [
  {
    code: "CONFIG_UNKNOWN_KEY",
    message: '"queu" is not a setting of hpc',
    hint: 'Did you mean "queue"?\nSettings are: queue.',
    path: ["job-executor", "config", "queu"],
    position: { file: "/p/runnable-config.yaml", line: 4, column: 5 },
  },
  {
    code: "CONFIG_SYNTAX",
    message: "a tab indents this line",
    position: { file: "/elsewhere/base.yaml", line: 1, column: 2 },
  },
  { code: "CONFIG_FILE_NOT_FOUND", message: "there is no configuration file x.yaml" },
];

it("tells what, where and what to do, with short paths", () => {
  expect(formatProblems(problems, "/p")).toBe(
    `error[CONFIG_UNKNOWN_KEY]: "queu" is not a setting of hpc
  runnable-config.yaml:4:5  job-executor.config.queu
  Did you mean "queue"?
  Settings are: queue.
error[CONFIG_SYNTAX]: a tab indents this line
  /elsewhere/base.yaml:1:2
error[CONFIG_FILE_NOT_FOUND]: there is no configuration file x.yaml`,
  );
});

it("makes one error of all problems", () => {
  const error = configError(problems, "/p");

  expect(error).toMatchObject({ code: "CONFIG_INVALID", exitCode: 78 });
  expect(error.message).toContain("3 problems");
  expect(error.message).toContain(formatProblems(problems, "/p"));
});
