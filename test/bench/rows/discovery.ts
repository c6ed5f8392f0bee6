import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

import { createDiscovery } from "../../../packages/core/src/discover/discovery.ts";
import type { Bench } from "../bench-setup.ts";
import type { Figure } from "../figure.ts";
import { interleave, type Subject } from "../interleave.ts";

const dependencies = 100;
const allowedMs = 4;

/** Finding an executor among the direct dependencies of a project: every package.json is read each time. */
export async function discovery(bench: Bench): Promise<readonly Figure[]> {
  const projectDirectory = path.join(bench.scratch, "discovery");
  const manifests = createProject(projectDirectory);

  const times = await interleave(
    { rounds: 101, warmUps: 20 },
    {
      ours: timed(() => {
        const options = { projectDirectory, packages: [], allow: undefined };
        const found = createDiscovery(options).find("job-executor", "my-platform");
        if ("finding" in found) throw new Error(found.finding.message);
      }),
      floor: timed(() => {
        for (const file of manifests) readFileSync(file);
      }),
    },
  );

  return [
    {
      what: `discovery, ${dependencies} dependencies`,
      ms: times.ours,
      peer: { name: `reading ${dependencies} files`, ms: times.floor },
      reach: { text: `≤ ${allowedMs} ms`, limitMs: allowedMs },
    },
  ];
}

/** A project with packages of a usual size, the last of which is a plugin. */
function createProject(directory: string): readonly string[] {
  const names = Array.from({ length: dependencies }, (_, index) => `package-${index}`);
  const manifests = names.map((name, index) => {
    const isPlugin = index === dependencies - 1;
    const runnable = isPlugin ? { runnable: { executors: { "my-platform": "./index.js" } } } : {};
    return writeManifest(path.join(directory, "node_modules", name), {
      name,
      version: "1.0.0",
      main: "./index.js",
      description: "x".repeat(1500),
      ...runnable,
    });
  });
  const ranges = Object.fromEntries(names.map((name) => [name, "*"]));
  writeManifest(directory, { name: "project", private: true, dependencies: ranges });
  return manifests;
}

function writeManifest(directory: string, manifest: object): string {
  mkdirSync(directory, { recursive: true });
  writeFileSync(path.join(directory, "index.js"), "");
  const file = path.join(directory, "package.json");
  writeFileSync(file, JSON.stringify(manifest, undefined, 2));
  return file;
}

function timed(action: () => void): Subject {
  return async () => {
    const started = performance.now();
    action();
    return performance.now() - started;
  };
}
