import { rmSync, symlinkSync } from "node:fs";
import path from "node:path";

import type { Bench } from "../bench-setup.ts";
import type { Figure } from "../figure.ts";
import { interleave } from "../interleave.ts";
import { createPackageTree } from "../package-tree.ts";
import { timeProcess, wholeTime } from "../timed-process.ts";

const dependencies = 100;
const allowedMs = 60;

/** `runnable plugins list` in a project with 100 direct dependencies of 1,000, from the prompt to the end of the process. */
export async function pluginsList(bench: Bench): Promise<readonly Figure[]> {
  const directory = path.join(bench.scratch, "plugins-list");
  createPackageTree(directory, "hoisted", 1000).depend(dependencies);
  symlinkSync(
    path.join(bench.modules, "@runnable"),
    path.join(directory, "node_modules/@runnable"),
  );
  const bin = path.join(bench.modules, "@runnable/cli/dist/bin.js");
  const list = { argv: [bench.node, bin, "plugins", "list"], cwd: directory } as const;
  const { stdout } = await timeProcess({ ...list, keepOutput: true });
  for (const type of ["my-platform", "emulator"]) {
    if (!stdout.includes(type)) throw new Error(`plugins list does not tell of ${type}`);
  }

  const times = await interleave(
    { rounds: 21, warmUps: 2 },
    {
      ours: wholeTime(list),
      node: wholeTime({ argv: [bench.node, "-e", "0"], cwd: directory }),
    },
  );

  rmSync(directory, { recursive: true });
  return [
    {
      what: `plugins list, ${dependencies} dependencies`,
      ms: times.ours,
      peer: { name: "node -e 0", ms: times.node },
      reach: { text: `≤ node + ${allowedMs} ms`, limitMs: times.node + allowedMs },
    },
  ];
}
