import { describe, expect, it } from "vitest";

import { guardStreams } from "../../src/terminal/guard-streams.ts";
import { createProgressLine } from "../../src/terminal/progress-line.ts";
import { createProgressSteps } from "../../src/terminal/progress-steps.ts";
import { formatProgress, type Progress } from "../../src/terminal/progress-text.ts";
import { createStyle } from "../../src/terminal/style.ts";
import { textWidth } from "../../src/terminal/text-width.ts";

const style = createStyle(false);

describe("formatProgress", () => {
  it.each<[string, Progress, number, string]>([
    [
      "a total",
      { done: 31, total: 50, label: "trees" },
      60,
      "trees  ━━━━━━━━━━━━━━━━━───────────   62 %  31/50",
    ],
    ["no total", { done: 31, label: "trees" }, 60, "trees  31"],
    ["more than all", { done: 9, total: 8 }, 40, "━━━━━━━━━━━━━━━━━━━━━━━━━━━━  100 %  9/8"],
    ["nothing done", { done: 0, total: 8 }, 24, "────────────    0 %  0/8"],
    ["a total of zero", { done: 3, total: 0 }, 40, "3/0"],
    ["a narrow terminal", { done: 1, total: 2, label: "trees" }, 22, "trees   50 %  1/2"],
    ["a label with newlines", { done: 1, label: "a\n\u001b[31mb" }, 40, "a b  1"],
  ])("of %s", (...[, progress, columns, text]) => {
    expect(formatProgress(progress, { style, columns })).toBe(text);
  });

  it("tells rate and remaining time once the rate is known", () => {
    const text = formatProgress({ done: 31, total: 50 }, { style, columns: 80, perSecond: 4.23 });

    expect(text).toMatch(/ 62 %  31\/50  4.2\/s  4.5 s left$/);
  });

  it.each([10, 20, 40, 80])("never takes more than %i columns", (columns) => {
    const progress = {
      done: 12_345.678,
      total: 99_999.5,
      label: "a label that is far too long for it",
    };

    const text = formatProgress(progress, { style: createStyle(true), columns, perSecond: 3 });

    expect(textWidth(text)).toBeLessThanOrEqual(columns);
  });
});

describe("createProgressSteps", () => {
  it("writes a line at most at each quarter", () => {
    const lines: string[] = [];
    const update = createProgressSteps({ writeLine: (line) => lines.push(line), now: () => 0 });

    for (let done = 0; done <= 50; done += 1) update({ done, total: 50, label: "trees" });

    expect(lines).toEqual([
      "trees: 0 % (0/50)",
      "trees: 26 % (13/50)",
      "trees: 50 % (25/50)",
      "trees: 76 % (38/50)",
      "trees: 100 % (50/50)",
    ]);
  });

  it("begins again with a phase, unless phases are short", () => {
    const lines: string[] = [];
    let at = 0;
    const update = createProgressSteps({ writeLine: (line) => lines.push(line), now: () => at });

    update({ done: 2, total: 2 });
    update({ done: 0, total: 2 });
    at = 20_000;
    update({ done: 0, total: 2 });

    expect(lines).toEqual(["100 % (2/2)", "0 % (0/2)"]);
  });
});

/** A terminal whose writes are kept, its line, and a clock. */
function terminal() {
  const written: string[] = [];
  const clock = { at: 0 };
  const stream = {
    write: (text: Uint8Array | string): boolean => {
      written.push(String(text));
      return true;
    },
  };
  const line = createProgressLine({
    write: (text) => written.push(text),
    style,
    columns: () => 30,
    now: () => clock.at,
  });
  return { written, clock, stream, line };
}

describe("createProgressLine", () => {
  it("redraws in place, at most every 80 ms, and at once when all is done", () => {
    const { written, clock, line } = terminal();

    line.update({ done: 0, total: 9 });
    clock.at = 50;
    line.update({ done: 1, total: 9 });
    line.update({ done: 9, total: 9 });
    line.end();

    expect(written).toEqual([
      "\r─────────────────    0 %  0/9\u001b[K",
      "\r━━━━━━━━━━━━━━━━━  100 %  9/9\u001b[K",
      "\r\u001b[K",
    ]);
  });

  it("tells a rate after a second", () => {
    const { written, clock, line } = terminal();

    line.update({ done: 10 });
    clock.at = 2000;
    line.update({ done: 20 });

    expect(written.at(-1)).toBe("\r20  5/s\u001b[K");
  });
});

describe("guardStreams", () => {
  it("takes the line away before output, and draws it again after", async () => {
    const { written, stream, line } = terminal();
    const release = guardStreams([stream], line);

    line.update({ done: 1 });
    stream.write("output\n");
    expect(written).toEqual(["\r1\u001b[K", "\r\u001b[K", "output\n"]);
    await expect.poll(() => written.at(-1)).toBe("\r1\u001b[K");
    release();
    stream.write("after\n");

    expect(written.slice(-2)).toEqual(["\r\u001b[K", "after\n"]);
  });

  it("does not draw over a line that is not finished", async () => {
    const { written, stream, line } = terminal();
    const release = guardStreams([stream], line);

    line.update({ done: 1 });
    stream.write("Name? ");
    line.update({ done: 2, total: 2 });
    await new Promise(setImmediate);
    expect(written.at(-1)).toBe("Name? ");
    stream.write("\n");
    await expect.poll(() => written.at(-1)).toMatch(/2\/2/);

    release();
  });
});
