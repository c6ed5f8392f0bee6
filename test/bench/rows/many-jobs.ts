import { readdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";

import type { Bench } from "../bench-setup.ts";
import { eachAtOnce } from "../each-at-once.ts";
import type { Figure } from "../figure.ts";
import { interleave } from "../interleave.ts";
import { timeProcess, type Command } from "../timed-process.ts";
import { upstreamJob } from "../upstream.ts";

const jobs = 200;
const atOnce = 8;
const allMs = 15_000;
/** Upstream's 200 take more than a minute. */
const upstreamJobs = 40;

const doubleJob = `
import { defineJob } from "@runnable/core";
export default defineJob({ run: ({ parameters }) => ({ result: parameters.n * 2 }) });
`;

/** Many processes that run a job each, with one run log; every result is looked up in it. */
export async function manyJobs(bench: Bench): Promise<readonly Figure[]> {
  const { directory, runnable } = bench.project("many-jobs", { "double.job.ts": doubleJob });
  const peer = path.join(directory, "upstream");
  const body = 'job = PythonJob(function=double, returns=["result"])';
  const upstream = upstreamJob(bench.upstream, peer, body);
  const command = (n: number): Command => runnable("run", "double.job.ts", "-p", `n=${n}`);

  const times = await interleave(
    { rounds: 3, warmUps: 0 },
    {
      ours: () => runAll({ jobs, command, directory, resultOf: ourResult }),
      node: () => runAll({ jobs, command: () => bareNode(bench, directory), directory }),
      upstream: upstream && (() => runAll({ ...upstreamRun(upstream), directory: peer })),
    },
  );

  const scaled = times.upstream && times.upstream * (jobs / upstreamJobs);
  return [
    {
      what: `${jobs} jobs, ${atOnce} at once`,
      ms: times.ours,
      peer: { name: `node -e 0, ${jobs} of them`, ms: times.node },
      upstreamMs: scaled,
      reach: { text: `≤ ${allMs / 1000} s`, limitMs: allMs },
      note: `all results and records were checked; upstream did ${upstreamJobs}, its time is multiplied`,
    },
  ];
}

interface Batch {
  readonly jobs: number;
  readonly command: (n: number) => Command;
  readonly directory: string;
  /** What a run of the run log returned; absent where nothing is recorded. */
  readonly resultOf?: (runLog: string, name: string) => unknown;
}

async function runAll({ jobs: count, command, directory, resultOf }: Batch): Promise<number> {
  const runLog = path.join(directory, ".run_log_store");
  rmSync(runLog, { recursive: true, force: true });
  const numbers = Array.from({ length: count }, (_, index) => index);
  const started = performance.now();
  await eachAtOnce(atOnce, numbers, async (n) => void (await timeProcess(command(n))));
  const ms = performance.now() - started;
  if (resultOf) checkResults(runLog, numbers, resultOf);
  return ms;
}

/** @throws when a run is missing, a record is not JSON, or a result is not the double of one number. */
function checkResults(
  runLog: string,
  numbers: readonly number[],
  resultOf: NonNullable<Batch["resultOf"]>,
): void {
  const names = readdirSync(runLog).filter((name) => !name.startsWith("."));
  const results = new Set(names.map((name) => resultOf(runLog, name)));
  const missing = numbers.filter((n) => !results.has(n * 2));
  if (missing.length > 0 || names.length !== numbers.length) {
    throw new Error(
      `${names.length} runs of ${numbers.length}; no result for ${missing.join(", ")}`,
    );
  }
}

/** Every record of the run must be JSON. */
function ourResult(runLog: string, runId: string): unknown {
  const run = path.join(runLog, runId);
  const files = readdirSync(run, { recursive: true, encoding: "utf8" });
  const records = files.filter((file) => file.endsWith(".json"));
  const parsed = records.map((file) => [
    file,
    JSON.parse(readFileSync(path.join(run, file), "utf8")),
  ]);
  return Object.fromEntries(parsed)["outcome.json"]?.returns?.result;
}

function upstreamRun(job: Command): Pick<Batch, "jobs" | "command" | "resultOf"> {
  return {
    jobs: upstreamJobs,
    // Ids of its own make collide; these don't.
    command: (n) => ({
      ...job,
      env: { ...job.env, RUNNABLE_PRM_n: String(n), RUNNABLE_RUN_ID: `bench-${n}` },
    }),
    resultOf: (runLog, name) =>
      JSON.parse(readFileSync(path.join(runLog, name), "utf8")).parameters.result.value,
  };
}

function bareNode({ node }: Bench, cwd: string): Command {
  return { argv: [node, "-e", "0"], cwd };
}
