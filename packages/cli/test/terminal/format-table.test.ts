import { describe, expect, it } from "vitest";

import { formatTable } from "../../src/terminal/format-table.ts";
import { createStyle } from "../../src/terminal/style.ts";
import { textWidth } from "../../src/terminal/text-width.ts";

const style = createStyle(false);

describe("formatTable", () => {
  it("aligns columns by what they show", () => {
    const lines = formatTable(
      [{ title: "file" }, { title: "size", align: "right" }],
      [
        ["漢字.json", "9 B"],
        ["é", "182 KiB"],
      ],
      { style, columns: 80, indent: 2 },
    );

    expect(lines).toEqual(["  FILE          SIZE", "  漢字.json      9 B", "  é          182 KiB"]);
  });

  it("leaves out a column in which nothing stands, and titles where there are none", () => {
    const lines = formatTable([{ title: "" }, { title: "tag" }, { title: "" }], [["a", "", "b"]], {
      style,
      columns: 80,
    });

    expect(lines).toEqual(["a  b"]);
  });

  it("shrinks only columns that may, and stays within the terminal", () => {
    const lines = formatTable(
      [{ title: "id" }, { title: "name", shrink: "truncate" }, { title: "why", shrink: "wrap" }],
      [["20261103-abcdef", "a-very-long-name-of-a-job", "words that go on and on and on"]],
      { style, columns: 40 },
    );

    expect(lines).toEqual([
      "ID               NAME        WHY",
      "20261103-abcdef  a-very-lo…  words that",
      "                             go on and",
      "                             on and on",
    ]);
    expect(Math.max(...lines.map(textWidth))).toBeLessThanOrEqual(40);
  });
});
