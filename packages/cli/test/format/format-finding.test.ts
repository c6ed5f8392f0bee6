import { expect, it } from "vitest";

import { formatFinding, formatHealth } from "../../src/format/format-finding.ts";
import { options } from "./example-run.ts";

it("shows a finding with its detail in lines, and what to do below", () => {
  const text = formatFinding(
    {
      check: "clock",
      status: "warning",
      detail: `the platform's is 12 s ahead\n${"of this machine's ".repeat(4).trim()}`,
      remedy: "Synchronize both.",
    },
    options,
  );

  expect(text).toBe(`\
! clock                 the platform's is 12 s ahead
                        of this machine's of this machine's of this machine's of
                        this machine's
                        Synchronize both.
`);
});

it.each([
  [[], "✓ all is well\n"],
  [["ok", "skipped"], "✓ all is well\n"],
  [["ok", "warning"], "! 1 warning; runs will go\n"],
  [["failed", "warning", "failed"], "✗ 2 problems, 1 warning\n"],
] as const)("sums up %j", (states, text) => {
  const findings = states.map((status) => ({ check: "c", status }));

  expect(formatHealth(findings, options)).toBe(text);
});
