import { describe, expect, it } from "vitest";

import { formatMatrix } from "../../src/format/format-matrix.ts";
import { asMatrix } from "../../src/format/matrix.ts";
import { options } from "./example-run.ts";

describe("asMatrix", () => {
  it.each([
    [
      "rows",
      [
        [1, 2],
        [3, 4],
      ],
      [],
      [],
    ],
    [
      "rows of another number than columns",
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
      [],
      [],
    ],
    [
      "names and rows",
      {
        labels: ["a", "b"],
        matrix: [
          [1, 2],
          [3, 4],
        ],
      },
      ["a", "b"],
      ["a", "b"],
    ],
    [
      "rows and names",
      {
        counts: [
          [1, 2],
          [3, 4],
        ],
        of: ["a", "b"],
      },
      ["a", "b"],
      ["a", "b"],
    ],
    ["objects", { a: { x: 1, y: 2 }, b: { y: 4, x: 3 } }, ["a", "b"], ["x", "y"]],
  ])("sees %s", (...[, value, rowNames, columnNames]) => {
    const matrix = asMatrix(value);

    expect(matrix).toMatchObject({ rowNames, columnNames });
    expect(matrix?.rows[1]?.[0]).toBe(Array.isArray(value) && value[0]?.length === 3 ? 4 : 3);
  });

  it.each([
    ["a number", 5],
    ["null", null],
    ["a list", [1, 2]],
    ["rows of different lengths", [[1, 2], [3]]],
    ["a single row", [[1, 2]]],
    ["too many rows", Array.from({ length: 11 }, () => [1, 2])],
    [
      "rows that hold text",
      [
        [1, "2"],
        [3, 4],
      ],
    ],
    ["an object of numbers", { a: 1, b: 2 }],
    ["objects with different keys", { a: { x: 1, y: 2 }, b: { x: 1, z: 2 } }],
    [
      "more than names and rows",
      {
        a: ["x", "y"],
        b: [
          [1, 2],
          [3, 4],
        ],
        c: 1,
      },
    ],
    ["nothing", {}],
    ["an empty list", []],
  ])("does not take %s for a matrix", (_, value) => {
    expect(asMatrix(value)).toBeUndefined();
  });
});

describe("formatMatrix", () => {
  it("aligns numbers below names, and shortens long ones", () => {
    const names = ["漢字", "a name that is too long"];
    const matrix = {
      rows: [
        [1, 0.123456],
        [22, 3],
      ],
      rowNames: names,
      columnNames: names,
    };

    expect(formatMatrix(matrix, options)).toEqual([
      "              漢字  a name that…",
      "漢字             1        0.1235",
      "a name that…    22             3",
    ]);
  });

  it("gives nothing when there is no room", () => {
    const matrix = {
      rows: [
        [1, 2],
        [3, 4],
      ],
      rowNames: ["alpha", "beta"],
      columnNames: [],
    };

    expect(formatMatrix(matrix, { ...options, columns: 8 })).toEqual([]);
  });
});
