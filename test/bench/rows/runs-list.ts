import { symlinkSync } from "node:fs";
import path from "node:path";

import type { Bench } from "../bench-setup.ts";
import type { Figure } from "../figure.ts";
import { interleave } from "../interleave.ts";
import { manyRuns } from "../many-runs.ts";
import { timeProcess, wholeTime } from "../timed-process.ts";

const runs = 100_000;
const listed = 50;
const allowedMs = 60;

/** The newest runs of a run log that holds many. */
export async function runsList(bench: Bench): Promise<readonly Figure[]> {
  const { directory, runnable } = bench.project("runs-list", {});
  symlinkSync(await manyRuns(runs), path.join(directory, ".run_log_store"));
  const list = runnable("runs", "list", "-n", String(listed));
  await checkListing(runnable("runs", "list", "-n", String(listed), "--json"));

  const times = await interleave(
    { rounds: 11, warmUps: 2 },
    {
      ours: wholeTime(list),
      node: wholeTime({ argv: [bench.node, "-e", "0"], cwd: directory }),
    },
  );

  return [
    {
      what: `newest ${listed} of ${runs.toLocaleString("en")} runs`,
      ms: times.ours,
      peer: { name: "node -e 0", ms: times.node },
      reach: { text: `≤ node + ${allowedMs} ms`, limitMs: times.node + allowedMs },
    },
  ];
}

async function checkListing(command: Parameters<typeof timeProcess>[0]): Promise<void> {
  const { stdout } = await timeProcess({ ...command, keepOutput: true });
  const rows: unknown = JSON.parse(stdout);
  if (!Array.isArray(rows) || rows.length !== listed) {
    throw new Error(`not ${listed} runs: ${stdout}`);
  }
  const ids = rows.map(({ runId }) => runId);
  const newestFirst = ids.toSorted((a, b) => (a < b ? 1 : -1));
  const isWhole = rows.every(({ status, job }) => status === "succeeded" && job === "trivial");
  if (!isWhole || ids.join() !== newestFirst.join()) {
    throw new Error(`not the newest runs: ${stdout}`);
  }
}
