import path from "node:path";

import type { Bench } from "../bench-setup.ts";
import type { Figure } from "../figure.ts";
import { interleave } from "../interleave.ts";
import { wholeTime } from "../timed-process.ts";
import { trivialJob } from "../trivial-job.ts";
import { upstreamJob } from "../upstream.ts";

const allowedMs = 80;

/** A job that does nothing, from the shell's prompt to the end of its process. */
export async function startUp(bench: Bench): Promise<readonly Figure[]> {
  const { directory, runnable } = bench.project("start-up", { "trivial.job.ts": trivialJob });
  const peer = path.join(directory, "upstream");
  const upstream = upstreamJob(bench.upstream, peer, "job = PythonJob(function=nothing)");

  const times = await interleave(
    { rounds: 21, warmUps: 2 },
    {
      ours: wholeTime(runnable("run", "trivial.job.ts")),
      node: wholeTime({ argv: [bench.node, "-e", "0"], cwd: directory }),
      upstream: upstream && wholeTime(upstream),
    },
  );

  return [
    {
      what: "trivial job, local",
      ms: times.ours,
      peer: { name: "node -e 0", ms: times.node },
      upstreamMs: times.upstream,
      reach: { text: `≤ node + ${allowedMs} ms`, limitMs: times.node + allowedMs },
    },
  ];
}
