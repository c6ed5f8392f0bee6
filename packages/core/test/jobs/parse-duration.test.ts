import { expect, it } from "vitest";

import { parseDuration } from "../../src/jobs/parse-duration.ts";

it.each([
  [90, 90_000],
  [0.5, 500],
  ["250ms", 250],
  ["90s", 90_000],
  ["1.5m", 90_000],
  ["1h30m", 5_400_000],
  ["1h 30m", 5_400_000],
  ["2d", 172_800_000],
])("reads %j as %d milliseconds", (value, milliseconds) => {
  expect(parseDuration(value)).toBe(milliseconds);
});

it.each([
  "",
  "90",
  "soon",
  "1x",
  "-1s",
  "1s later",
  0,
  -1,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  "0s",
  null,
])("refuses %j", (value) => {
  expect(() => parseDuration(value as string)).toThrow(
    expect.objectContaining({ code: "DURATION_INVALID" }),
  );
});
