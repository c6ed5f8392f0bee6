/** An executor type that a fixture package provides, and who is recorded for it. */
export interface PluginType {
  readonly type: string;
  /** Package that the run records. */
  readonly package: string;
  /** Module that runs, in its fixture directory. */
  readonly entry: string;
  /** What `job-executor.config` has beside `word`. */
  readonly says: string;
}

function plain(name: string, entry = "executor.js"): PluginType {
  return { type: name, package: `@acme/${name}`, entry, says: `${name} says HELLO` };
}

/** Every type that works, by every way to name one. */
export const workingTypes: readonly PluginType[] = [
  plain("hidden-manifest"),
  plain("no-main", "lib/deep/executor.js"),
  plain("import-only"),
  plain("commonjs"),
  plain("zod-3"),
  plain("zod-4"),
  plain("valibot"),
  plain("second-contract"),
  plain("apis"),
  plain("typescript", "build/executor.js"),
  { ...plain("zod-4"), type: "@acme/zod-4:zod-4" },
  ...["hpc", "supercomputer", "old-hpc"].map((type) => ({
    ...plain("cluster"),
    type,
    says: "cluster says HELLO in prod for research",
  })),
];

/** Types that are refused, each with its code and what must be said. */
export const brokenTypes: readonly (readonly [type: string, code: string, said: string])[] = [
  ["broken-missing", "PLUGIN_ENTRY_MISSING", "dist/executor.js"],
  ["broken-import", "PLUGIN_IMPORT_FAILED", "no license file"],
  ["cycle-a", "EXECUTOR_NOT_FOUND", "is a cycle"],
  ["@acme/broken-manifest:executor", "PLUGIN_MANIFEST_INVALID", "executors must be an object"],
  ["future", "PLUGIN_API_UNSUPPORTED", "@acme/future"],
  // Installed, but only since `hpc` leads to it.
  ["cluster", "EXECUTOR_NOT_FOUND", 'or use "hpc" from @acme/company'],
  ["@acme/cluster:cluster", "EXECUTOR_NOT_FOUND", "@acme/cluster@1.0.0"],
];

/** What the project lists of the private scope. */
export const privateDependencies: readonly string[] = [
  "apis",
  "broken-cycle",
  "broken-import",
  "broken-manifest",
  "broken-missing",
  "commonjs",
  "company",
  "future",
  "hidden-manifest",
  "import-only",
  "no-main",
  "runnable-my-platform",
  "second-contract",
  "stores",
  "typescript",
  "valibot",
  "zod-3",
  "zod-4",
].map((name) => `@acme/${name}`);
