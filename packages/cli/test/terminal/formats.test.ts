import { expect, it } from "vitest";

import { commandPrefix } from "../../src/terminal/command-prefix.ts";
import { formatBytes } from "../../src/terminal/format-bytes.ts";
import { formatDuration } from "../../src/terminal/format-duration.ts";
import { formatNumber } from "../../src/terminal/format-number.ts";
import { formatRelativeTime } from "../../src/terminal/format-relative-time.ts";
import { quoteWord } from "../../src/terminal/quote-word.ts";

it.each([
  [-5, "0 ms"],
  [0.4, "0 ms"],
  [999, "999 ms"],
  [999.6, "1.0 s"],
  [4230, "4.2 s"],
  [9_949, "9.9 s"],
  [9_970, "10 s"],
  [59_700, "1 min"],
  [65_000, "1 min 5 s"],
  [3_599_600, "1 h"],
  [7_380_000, "2 h 3 min"],
  [86_399_900, "1 d"],
  [273_600_000, "3 d 4 h"],
])("says %d ms as %s", (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});

it.each([
  [0, "0 B"],
  [1023, "1023 B"],
  [1434, "1.4 KiB"],
  [10_189, "10 KiB"],
  [1_048_575, "1.0 MiB"],
  [24_117_248, "23 MiB"],
  [5e12, "4.5 TiB"],
])("says %d bytes as %s", (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

it.each([
  [0, "0"],
  [344, "344"],
  [0.974358974, "0.9744"],
  [0.9, "0.9"],
  [1234.567, "1234.57"],
  [1.2e-7, "1.2e-7"],
  [1e300, "1e+300"],
  [-0.5, "-0.5"],
])("says the number %d as %s", (value, text) => {
  expect(formatNumber(value)).toBe(text);
});

it.each([
  [-1000, "just now"],
  [4000, "just now"],
  [12_000, "12 s ago"],
  [300_000, "5 min ago"],
  [3 * 3_600_000, "3 h ago"],
  [2 * 86_400_000, "2 d ago"],
  [8 * 86_400_000, "2026-10-26"],
  [-3_600_000, "2026-11-03"],
  [Number.NaN, "?"],
])("says %d ms before now as %s", (past, text) => {
  const now = Date.parse("2026-11-03T12:00:00Z");

  expect(formatRelativeTime(now - past, now)).toBe(text);
});

it.each([
  ["train.job.ts", "train.job.ts"],
  ["a b.ts", "'a b.ts'"],
  ["it's", "'it'\\''s'"],
  ["$(x)", "'$(x)'"],
  ["plots/*.svg", "'plots/*.svg'"],
  ["", "''"],
])("quotes %j where a shell needs it", (word, quoted) => {
  expect(quoteWord(word)).toBe(quoted);
});

it.each([
  ["nobody", {}, "runnable"],
  ["pnpm", { npm_config_user_agent: "pnpm/12.21.0 npm/? node/v24" }, "pnpm runnable"],
  [
    "pnpm that npx brought",
    {
      npm_config_user_agent: "pnpm/12.21.0 npm/? node/?",
      npm_execpath: "/root/.npm/_npx/9c7067c5737e830f/node_modules/pnpm/pnpm",
    },
    "npx -y pnpm@12 runnable",
  ],
  [
    "an npm script of that name",
    { npm_config_user_agent: "npm/11.1.0 node/v24", npm_lifecycle_event: "runnable" },
    "npm run runnable --",
  ],
  [
    "npx",
    { npm_config_user_agent: "npm/11.1.0 node/v24", npm_lifecycle_event: "npx" },
    "npx runnable",
  ],
  ["yarn", { npm_config_user_agent: "yarn/4.6.0 npm/? node/v24" }, "yarn runnable"],
])("tells the next command when started by %s", (_, environment, prefix) => {
  expect(commandPrefix({ environment })).toBe(prefix);
});

it("keeps the directory that was given", () => {
  expect(commandPrefix({ environment: {}, directory: "my project" })).toBe(
    "runnable -C 'my project'",
  );
});
