import { defineConfig } from "vitest/config";

export default defineConfig({
  // Node 22 has no `using`.
  oxc: { target: "node22" },
  test: {
    pool: "forks",
    testTimeout: 30_000,
    hookTimeout: 30_000,
    passWithNoTests: true,
    setupFiles: ["scripts/fail-on-warning.ts"],
    projects: [
      project("unit", ["packages/*/test/**/*.test.ts", "plugins/*/test/**/*.test.ts"]),
      project("architecture", ["test/architecture/**/*.test.ts"]),
      project("examples", ["examples/*/test/**/*.test.ts"]),
      project("docs", ["test/docs/**/*.test.ts"]),
      project("e2e", ["test/e2e/**/*.test.ts"]),
      project("faults", ["test/faults/**/*.test.ts"]),
    ],
  },
});

function project(name: string, include: string[]) {
  return { extends: true as const, test: { name, include } };
}
