import path from "node:path";

import type { Bench } from "../bench-setup.ts";
import type { Figure } from "../figure.ts";
import { interleave } from "../interleave.ts";
import { timeProcess, wholeTime, type Command } from "../timed-process.ts";
import { upstreamJob } from "../upstream.ts";

const lines = 100_000;
const allLinesMs = 1000;
/** Above the start of Node: what a person does not notice. */
const firstLineMs = 150;

/** A command's output, through ours to whoever reads it. */
export async function output(bench: Bench): Promise<readonly Figure[]> {
  const { directory, runnable } = bench.project("output", {
    "lines.job.ts": shellJob(`seq ${lines}`),
    "slow.job.ts": shellJob("echo first; sleep 0.5; echo last"),
  });
  const peer = path.join(directory, "upstream");
  const upstream = upstreamJob(bench.upstream, peer, `job = ShellJob(command="seq ${lines}")`);

  const all = await interleave(
    { rounds: 7 },
    {
      local: async () => allLines(runnable("run", "lines.job.ts")),
      emulator: async () => allLines(runnable("run", "lines.job.ts", "--executor", "emulator")),
      node: wholeTime({ argv: [bench.node, "-e", "0"], cwd: directory }),
      first: async () => firstLine(runnable("run", "slow.job.ts")),
    },
  );
  const slow = await interleave(
    { rounds: 1, warmUps: 0 },
    { upstream: upstream && wholeTime(upstream) },
  );

  const reach = { text: `≤ ${allLinesMs} ms`, limitMs: allLinesMs };
  const node = { name: "node -e 0", ms: all.node };
  return [
    { what: "100,000 lines, local", ms: all.local, peer: node, upstreamMs: slow.upstream, reach },
    { what: "100,000 lines, emulator", ms: all.emulator, peer: node, reach },
    {
      what: "first line of a command",
      ms: all.first,
      peer: node,
      reach: { text: `≤ node + ${firstLineMs} ms`, limitMs: all.node + firstLineMs },
      note: "upstream shows nothing until the command has ended",
    },
  ];
}

function shellJob(command: string): string {
  return `
import { shellJob } from "@runnable/core";
export default shellJob({ command: ${JSON.stringify(command)} });
`;
}

async function allLines(command: Command): Promise<number> {
  const { ms, stdout } = await timeProcess({ ...command, keepOutput: true });
  const last = stdout.split("\n").filter((line) => /^\d+$/.test(line));
  if (last.length !== lines) throw new Error(`${last.length} of ${lines} lines came`);
  return ms;
}

async function firstLine(command: Command): Promise<number> {
  const { firstOutputMs, stdout } = await timeProcess({ ...command, keepOutput: true });
  if (firstOutputMs === undefined || !stdout.startsWith("first\n")) {
    throw new Error("no first line");
  }
  return firstOutputMs;
}
