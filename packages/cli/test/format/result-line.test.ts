import { describe, expect, it } from "vitest";

import { exitCodeOf } from "../../src/format/exit-code-of.ts";
import { resultLine } from "../../src/format/result-line.ts";
import { succeeded } from "./example-run.ts";

describe("resultLine", () => {
  it("has the same keys for every run, null where there is nothing to say", () => {
    const line = resultLine({ ...succeeded, status: "lost" });

    expect(line.split("\n")).toEqual([expect.any(String), ""]);
    expect(Object.entries(JSON.parse(line)).slice(1, 4)).toEqual([
      ["status", "lost"],
      ["cause", null],
      ["exitCode", null],
    ]);
  });

  it("tells of a catalog file what it is, not how it is kept", () => {
    const entry = { path: "a.txt", digest: "sha256:00", bytes: 1, stored: true };

    const { catalog } = JSON.parse(resultLine({ ...succeeded, catalog: [entry] }));

    expect(catalog).toEqual([{ path: "a.txt", digest: "sha256:00", bytes: 1 }]);
  });
});

describe("exitCodeOf", () => {
  it.each([
    ["a success", { status: "succeeded" }, 0],
    ["the job's own status", { status: "failed", exitCode: 3 }, 3],
    ["a signal", { status: "failed", exitCode: 137 }, 137],
    ["a failure that says 0", { status: "failed", exitCode: 0 }, 1],
    ["a failure without a status", { status: "failed" }, 1],
    ["an interrupt", { status: "cancelled", exitCode: 130 }, 130],
    ["a lost run, whatever its platform says", { status: "lost", exitCode: 0 }, 75],
  ] as const)("gives for %s", (_, result, expected) => {
    expect(exitCodeOf(result)).toBe(expected);
  });
});
