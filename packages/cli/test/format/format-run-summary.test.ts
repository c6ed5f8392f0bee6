import type { RunResult } from "@runnable/core";
import { describe, expect, it } from "vitest";

import { formatRunSummary } from "../../src/format/format-run-summary.ts";
import { createStyle } from "../../src/terminal/style.ts";
import { textWidth } from "../../src/terminal/text-width.ts";
import { context, killed, succeeded } from "./example-run.ts";

describe("formatRunSummary", () => {
  it("shows outcome, returns, files and next commands of a run that succeeded", () => {
    expect(formatRunSummary(succeeded, context)).toBe(`\
✓ train succeeded in 4.2 s
  20261103-142205123-7f3kq9xm2c4dx · local

  accuracy   0.9744
  loss       0.01235
  note       hello world
  confusion          Adelie  Gentoo
             Adelie      33       1
             Gentoo       0      28

  files      model.json   182 KiB
             plots/é.svg  3.1 KiB, not kept
             in .catalog

  next
    runnable runs show 20261103-142205123             all that is known of it
    runnable catalog get 20261103-142205123 --to out  copy its files
    runnable run train.job.ts -e emulator             in another process
`);
  });

  it("shows cause, error, evidence, remedy and where the records are of a run that failed", () => {
    expect(formatRunSummary(killed, { ...context, attempts: 3 })).toBe(`\
✗ train failed after 4.2 s: out of memory, SIGKILL
  20261103-142205123-7f3kq9xm2c4dx · local · attempt 2 of 3 · peak 143 MiB

  error      OutOfMemory: the job was killed
             at split (/p/split.ts:12:5)
  evidence   state: OOMKilled
  remedy     Give the job more memory.

  records    .runs/20261103-142205123-7f3kq9xm2c4dx

  next
    runnable logs 20261103-142205123   its whole output
    runnable retry 20261103-142205123  try again
`);
  });

  it.each([
    [
      "an error of the job",
      { cause: "user_error", exitCode: 3, signal: undefined },
      "✗ train failed after 4.2 s: exit code 3",
    ],
    [
      "a timeout",
      { cause: "timeout", exitCode: 124, signal: undefined },
      "✗ train failed after 4.2 s: timed out, exit code 124",
    ],
    [
      "a cancelled run",
      { status: "cancelled", cause: "cancelled" },
      "■ train was cancelled after 4.2 s",
    ],
    [
      "a lost run",
      {
        status: "lost",
        cause: "node_lost",
        durationMs: undefined,
        signal: undefined,
        exitCode: undefined,
      },
      "? train was lost: its machine was lost",
    ],
  ])("says in its first line how %s ended", (_, changes, line) => {
    const result = resultOf(changes);

    expect(formatRunSummary(result, context).split("\n")[0]).toBe(line);
  });

  it("leaves out what takes too many lines", () => {
    const returns = Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`value${n}`, n]));
    const catalog = Array.from({ length: 30 }, (_, n) => ({
      ...succeeded.catalog[0]!,
      path: `${n}.svg`,
    }));

    const text = formatRunSummary({ ...succeeded, returns, catalog }, context);

    expect(text).toMatch(/… +29 more/);
    expect(text).toMatch(/and 23 more, 4\.1 MiB/);
    expect(text.split("\n").length).toBeLessThan(35);
  });

  it.each([80, 120])("keeps what can be wrapped within %i columns", (columns) => {
    const error = { name: "Error", message: "words that go on ".repeat(20) };
    const result = {
      ...killed,
      error,
      returns: { text: "x".repeat(500), list: Array.from({ length: 99 }, () => 1) },
    };

    const text = formatRunSummary(result, { ...context, columns });

    expect(Math.max(...text.split("\n").map(textWidth))).toBeLessThanOrEqual(columns);
  });

  it("looks the same with colours", () => {
    const plain = formatRunSummary(succeeded, context);

    const coloured = formatRunSummary(succeeded, { ...context, style: createStyle(true) });

    expect(coloured.split("\n").map(textWidth)).toEqual(plain.split("\n").map(textWidth));
  });

  it("does not offer the emulator after a run on it, nor a job after attaching", () => {
    expect(formatRunSummary(succeeded, { ...context, executor: "emulator" })).not.toContain(
      "-e emulator",
    );
    expect(formatRunSummary(succeeded, { ...context, job: undefined })).not.toContain(
      "-e emulator",
    );
  });
});

/** A result as it is recorded: what is undefined is not there. */
function resultOf(changes: object): RunResult {
  return JSON.parse(JSON.stringify({ ...killed, ...changes }));
}
