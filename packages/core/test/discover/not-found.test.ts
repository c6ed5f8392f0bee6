import { expect, it } from "vitest";

import { createDiscovery } from "../../src/discover/discovery.ts";
import type { ServiceKind } from "../../src/discover/service-kind.ts";
import { projectTree } from "./project-tree.ts";

function hintOf(
  files: { readonly [path: string]: string | object },
  kind: ServiceKind,
  type: string,
) {
  using tree = projectTree(files);
  const options = { projectDirectory: tree.directory, packages: [], allow: undefined };
  const found = createDiscovery(options).find(kind, type);
  if (!("finding" in found)) throw new Error(`found ${type}`);
  return { ...found.finding, hint: found.finding.hint?.split("\n") ?? [] };
}

const project = {
  name: "app",
  dependencies: { x: "1" },
  runnable: { executors: { "my-platform": "./m.ts" } },
};

it("says what was meant, what is known and what was searched", () => {
  const files = {
    "package.json": project,
    "node_modules/x/package.json": {
      name: "x",
      version: "1.2.0",
      runnable: { executors: { hpc: "./h.js" } },
    },
  };

  expect(hintOf(files, "job-executor", "my-platfrom")).toEqual({
    code: "EXECUTOR_NOT_FOUND",
    message: 'no executor named "my-platfrom"',
    hint: [
      'Did you mean "my-platform"?',
      "Known here: my-platform (./package.json), hpc (x 1.2.0), local (built in), emulator (built in).",
      "Searched: package.json (1 package).",
    ],
  });
});

it.each([
  ["job-executor", "local-container", "@runnable/docker"],
  ["job-executor", "mini-k8s-job", "@runnable/k8s"],
  ["job-executor", "slurm", "@runnable/slurm"],
  ["job-executor", "aws-batch", "@runnable/aws-batch"],
  ["run-log-store", "chunked-minio", "@runnable/s3"],
  ["catalog", "s3", "@runnable/s3"],
] as const)("knows which package brings the %s %s", (kind, type, packageName) => {
  expect(hintOf({ "package.json": {} }, kind, type).hint[0]).toBe(
    `"${type}" is provided by ${packageName}, which is not installed. Run: npm install --save-dev ${packageName}`,
  );
});

it.each([
  [{ "package.json": { packageManager: "yarn@4.18.0" } }, "yarn add -D @runnable/slurm"],
  [{ "package.json": {}, "pnpm-lock.yaml": "" }, "pnpm add -D @runnable/slurm"],
  [{ "package.json": {}, "bun.lock": "" }, "bun add -d @runnable/slurm"],
  [{ "package.json": { dependencies: { "@runnable/slurm": "1" } } }, "npm install"],
])("names the command of the project's package manager: %j", (files, command) => {
  expect(hintOf(files, "job-executor", "slurm").hint[0]?.split("Run: ")[1]).toBe(command);
});

it("suggests a type that another package brings", () => {
  expect(hintOf({ "package.json": {} }, "job-executor", "slrum").hint[0]).toBe(
    'Did you mean "slurm", of @runnable/slurm? Run: npm install --save-dev @runnable/slurm',
  );
});

it("tells which installed package has it, though the project does not list that", () => {
  const files = {
    "package.json": { dependencies: { "@acme/execs": "1" } },
    "pnpm-lock.yaml": "",
    "node_modules/@acme/execs/package.json": {
      name: "@acme/execs",
      version: "2.0.0",
      dependencies: { between: "1" },
    },
    "node_modules/.pnpm/node_modules/between/package.json": {
      name: "between",
      dependencies: { "@rt/slurm": "1" },
    },
    "node_modules/.pnpm/node_modules/@rt/slurm/package.json": {
      name: "@rt/slurm",
      version: "1.0.0",
      runnable: { executors: { slurm: "./s.js" } },
    },
  };

  expect(hintOf(files, "job-executor", "slurm").hint[0]).toBe(
    '"slurm" exists in @rt/slurm 1.0.0, present only because @acme/execs depends on it. Run: pnpm add @rt/slurm@1.0.0.',
  );
  expect(hintOf(files, "job-executor", "@rt/slurm:slurm").hint[0]).toBe(
    '"slurm" exists in @rt/slurm 1.0.0, present only because @acme/execs depends on it. Run: pnpm add @rt/slurm@1.0.0.',
  );
});

it("names the type of a listed package that leads to the hidden one", () => {
  const files = {
    "package.json": { devDependencies: { "@acme/execs": "1" } },
    "node_modules/@acme/execs/package.json": {
      name: "@acme/execs",
      dependencies: { "@rt/slurm": "1" },
      runnable: { executors: { hpc: { from: "@rt/slurm:slurm" } } },
    },
    "node_modules/@rt/slurm/package.json": {
      name: "@rt/slurm",
      version: "1.0.0",
      runnable: { executors: { slurm: "./s.js" } },
    },
  };

  expect(hintOf(files, "job-executor", "slurm").hint[0]).toBe(
    '"slurm" exists in @rt/slurm 1.0.0, present only because @acme/execs depends on it. Run: npm install --save-dev @rt/slurm@1.0.0, or use "hpc" from @acme/execs.',
  );
});

it("tells of packages that should be installed, not of those that may be absent", () => {
  const files = {
    "package.json": {
      dependencies: { "@acme/execs": "1" },
      optionalDependencies: { "@acme/maybe": "1" },
      peerDependencies: { "@acme/peer": "1" },
    },
    "bun.lock": "",
  };

  expect(hintOf(files, "job-executor", "hpc").hint).toContain(
    "@acme/execs is in package.json but not installed. Run: bun install",
  );
});

it("says where a type of another kind belongs", () => {
  expect(hintOf({ "package.json": {} }, "catalog", "local").hint).toContain(
    '"local" is a type of the section job-executor, not of catalog.',
  );
});

it("adds to the root of a pnpm workspace with its flag", () => {
  const files = { "package.json": {}, "pnpm-workspace.yaml": "", "pnpm-lock.yaml": "" };

  expect(hintOf(files, "job-executor", "slurm").hint[0]).toContain(
    "pnpm add -D -w @runnable/slurm",
  );
});

it("tells of broken packages, one of which may have had it", () => {
  const files = {
    "package.json": { dependencies: { x: "1" } },
    "node_modules/x/package.json": { name: "x", version: "1.0.0", runnable: { executors: [] } },
  };

  expect(hintOf(files, "job-executor", "hpc").hint).toContain(
    'x 1.0.0 has an invalid "runnable" field: executors must be an object, got a list',
  );
});

it("is clear without any package.json", () => {
  expect(hintOf({ x: "" }, "job-executor", "hpc").hint.at(-1)).toBe(
    "Searched: no package.json is here.",
  );
});

it("begins with the broken package that has the very type", () => {
  const files = {
    "package.json": { dependencies: { a: "1", b: "1" } },
    "node_modules/a/package.json": {
      name: "a",
      version: "1.0.0",
      runnable: { executors: { x: 7 } },
    },
    "node_modules/b/package.json": {
      name: "b",
      version: "1.0.0",
      runnable: { executors: { hpc: { from: "b:hpc" } } },
    },
  };

  expect(hintOf(files, "job-executor", "hpc").hint.slice(0, 2)).toEqual([
    "the re-export b:hpc -> b:hpc is a cycle",
    'a 1.0.0 has an invalid "runnable" field: executors.x must be a path or an object, got number',
  ]);
});

it("completes the name of a package", () => {
  const files = {
    "package.json": { dependencies: { "@acme/x": "1" } },
    "node_modules/@acme/x/package.json": {
      name: "@acme/x",
      version: "1.2.0",
      runnable: { executors: { hpc: "./h.js" } },
    },
  };

  expect(hintOf(files, "job-executor", "@acme/x").hint[0]).toBe(
    'That is a package. Write "@acme/x:hpc".',
  );
});
