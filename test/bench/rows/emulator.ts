import type { Bench } from "../bench-setup.ts";
import type { Figure } from "../figure.ts";
import { interleave } from "../interleave.ts";
import { timeProcess, wholeTime } from "../timed-process.ts";
import { trivialJob } from "../trivial-job.ts";

/** A job across a process border, from the shell's prompt until it is collected: the submitter, the supervisor and the job are Nodes. */
export async function emulator(bench: Bench): Promise<readonly Figure[]> {
  const { directory, runnable } = bench.project("emulator", { "trivial.job.ts": trivialJob });
  const bare = { argv: [bench.node, "-e", "0"], cwd: directory } as const;

  const times = await interleave(
    { rounds: 11 },
    {
      ours: wholeTime(runnable("run", "trivial.job.ts", "--executor", "emulator")),
      two: async () => (await timeProcess(bare)).ms + (await timeProcess(bare)).ms,
    },
  );

  return [
    {
      what: "trivial job, emulator",
      ms: times.ours,
      peer: { name: "node -e 0, twice", ms: times.two },
    },
  ];
}
