import { readFileSync, rmSync } from "node:fs";
import path from "node:path";

import { createDiscovery } from "../../../packages/core/src/discover/discovery.ts";
import type { Bench } from "../bench-setup.ts";
import type { Figure } from "../figure.ts";
import { interleave, type Subject } from "../interleave.ts";
import { createPackageTree, type Layout, type PackageTree } from "../package-tree.ts";

const layouts: readonly Layout[] = ["hoisted", "isolated"];
const treeSizes = [1000, 5000];
const allowedMs: Readonly<Record<number, number>> = { 100: 4, 250: 10 };

/** Finding an executor among the direct dependencies of a project: every package.json is read each time. */
export async function discovery(bench: Bench): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const layout of layouts) {
    for (const size of treeSizes) {
      const directory = path.join(bench.scratch, `discovery-${layout}-${size}`);
      const tree = createPackageTree(directory, layout, size);
      for (const count of Object.keys(allowedMs).map(Number)) {
        figures.push(await measure(tree, count, `${layout}, ${size} packages`));
      }
      rmSync(directory, { recursive: true });
    }
  }
  return figures;
}

async function measure(tree: PackageTree, count: number, where: string): Promise<Figure> {
  const manifests = tree.depend(count);
  const options = { projectDirectory: tree.directory, packages: [], allow: undefined };
  const times = await interleave(
    { rounds: 51, warmUps: 10 },
    {
      ours: timed(() => {
        const found = createDiscovery(options).find("job-executor", "my-platform");
        if ("finding" in found) throw new Error(found.finding.message);
      }),
      floor: timed(() => {
        for (const file of manifests) readFileSync(file);
      }),
    },
  );
  const limitMs = allowedMs[count] ?? 0;
  return {
    what: `discovery, ${count} dependencies (${where})`,
    ms: times.ours,
    peer: { name: `reading ${count} files`, ms: times.floor },
    reach: { text: `≤ ${limitMs} ms`, limitMs },
  };
}

function timed(action: () => void): Subject {
  return async () => {
    const started = performance.now();
    action();
    return performance.now() - started;
  };
}
