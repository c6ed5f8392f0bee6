import { expect, it } from "vitest";

import { platformName } from "../../src/submit/platform-name.ts";

const seed = { runId: "Train_Penguins.2026", host: "laptop", projectDirectory: "/home/me/project" };

it.each(["a", "run_123", "Ünïcode", "-._-", "x".repeat(100), seed.runId])(
  "makes of %j a name that every platform takes",
  (runId) => {
    expect(platformName({ ...seed, runId }, 1)).toMatch(/^rn-[a-z0-9]([a-z0-9-]*[a-z0-9])?-a1$/);
    expect(platformName({ ...seed, runId }, 99_999_999).length).toBeLessThanOrEqual(52);
  },
);

it("is the same for the same run, and another for another attempt, project or host", () => {
  const names = [
    platformName(seed, 1),
    platformName(seed, 2),
    platformName({ ...seed, host: "server" }, 1),
    platformName({ ...seed, projectDirectory: "/home/you/project" }, 1),
    platformName({ ...seed, runId: "train-penguins-2026" }, 1),
  ];

  expect(new Set(names).size).toBe(names.length);
  expect(platformName({ ...seed }, 1)).toBe(names[0]);
});
