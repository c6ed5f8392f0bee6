import { availableParallelism } from "node:os";

import { defineConfig } from "vitest/config";

export default defineConfig({
  // Node 22 has no `using`.
  oxc: { target: "node22" },
  test: {
    pool: "forks",
    // Most tests wait for processes that they start: one core less than there are would idle.
    maxWorkers: Math.max(2, availableParallelism()),
    // Many times what a test takes; a machine that does other work too is slow, not wrong.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 60_000 } },
    passWithNoTests: true,
    setupFiles: ["scripts/fail-on-warning.ts"],
    projects: [
      project("unit", ["packages/*/test/**/*.test.ts", "plugins/*/test/**/*.test.ts"]),
      project("architecture", ["test/architecture/**/*.test.ts"]),
      project("examples", ["examples/*/test/**/*.test.ts"]),
      project("docs", ["test/docs/**/*.test.ts"]),
      project("e2e", ["test/e2e/**/*.test.ts"]),
      project("editor", ["test/editor/**/*.test.ts"]),
      project("faults", ["test/faults/**/*.test.ts"]),
      project("installs", ["test/installs/**/*.test.ts"], ["test/installs/global-setup.ts"]),
      project("s3", ["test/s3/**/*.test.ts"], ["test/engines/s3/global-setup.ts"]),
      project(
        "postgres",
        ["test/postgres/**/*.test.ts"],
        ["test/engines/postgres/global-setup.ts"],
      ),
      docker("docker", ["test/docker/*.test.ts"]),
      ...(process.env["RUNNABLE_ENGINES"] === "all"
        ? [docker("engines", ["test/docker/engines/*.test.ts"])]
        : []),
    ],
  },
});

/** Of engines. Those that start several of them, and take minutes, are run by `pnpm test:engines` alone. */
function docker(name: string, include: string[]) {
  return project(name, include, ["test/engines/docker/global-setup.ts"]);
}

function project(name: string, include: string[], globalSetup: string[] = []) {
  return { extends: true as const, test: { name, include, globalSetup } };
}
