import { ledgerOf, makeFaultProject, type Fault } from "./fault-project.ts";

/** How a run is done, and where its records are. */
export interface Mode {
  readonly name: string;
  readonly config: string;
  /** Directory of the records, relative to the project. */
  readonly runLog: string;
  /** Whether there are a launcher, a supervisor and a job process beside the submitter. */
  readonly supervised: boolean;
}

/** Ways to do a run on this machine. */
export const modes: readonly Mode[] = [
  { name: "local", config: "{}\n", runLog: ".run_log_store", supervised: false },
  {
    name: "isolated",
    config: "job-executor: { type: local, config: { isolated: true } }\n",
    runLog: ".run_log_store",
    supervised: true,
  },
  ...(["same-path", "separate", "relay"] as const).map((storage) => ({
    name: `emulator, ${storage}`,
    config: `job-executor: { type: emulator, config: { storage: ${storage} } }\n`,
    runLog: storage === "separate" ? ".runnable/emulator/run-log" : ".run_log_store",
    supervised: true,
  })),
];

/** Who can be struck at a step of whom. The death of one who only waits is tried before its steps alone. */
const pairs = [
  { trigger: "submitter", victim: "submitter", moments: ["before", "after"] },
  { trigger: "supervisor", victim: "supervisor", moments: ["before", "after"] },
  { trigger: "supervisor", victim: "job", moments: ["before", "after"] },
  { trigger: "supervisor", victim: "submitter", moments: ["before"] },
  { trigger: "supervisor", victim: "launcher", moments: ["before"] },
  { trigger: "job", victim: "job", moments: ["before", "after"] },
  { trigger: "job", victim: "supervisor", moments: ["before"] },
  { trigger: "job", victim: "launcher", moments: ["before"] },
] as const;

/** Every fault that a mode can suffer: SIGKILL before and after each step, SIGTERM and SIGINT by turns before each. */
export async function faultsOf(mode: Mode): Promise<readonly Fault[]> {
  const steps = await countSteps(mode);
  return pairs
    .filter(({ trigger, victim }) => mode.supervised || trigger === victim)
    .flatMap(({ moments, ...pair }) =>
      Array.from({ length: steps[pair.trigger] }, (_, step) => step + 1).flatMap((step) => [
        ...moments.map((when) => ({ ...pair, step, when, signal: "SIGKILL" as const })),
        {
          ...pair,
          step,
          when: "before" as const,
          signal: step % 2 === 0 ? ("SIGTERM" as const) : ("SIGINT" as const),
        },
      ]),
    );
}

async function countSteps(mode: Mode): Promise<{ readonly [trigger in Fault["trigger"]]: number }> {
  await using project = await makeFaultProject(mode.config);
  const unharmed: Fault = {
    trigger: "submitter",
    step: 0,
    when: "before",
    victim: "submitter",
    signal: "SIGKILL",
  };
  const { code, stderr } = await project.runnable(
    ["run", "job.ts", "-p", ledgerOf(project)],
    unharmed,
  );
  if (code !== 0) throw new Error(`a run that nobody strikes fails (${code}):\n${stderr}`);
  const counts = (["submitter", "supervisor", "job"] as const).map(
    async (trigger) => (await project.stepsOf(trigger)).length,
  );
  const [submitter = 0, supervisor = 0, job = 0] = await Promise.all(counts);
  return { submitter, supervisor, job };
}

/** `count` of them, told by the seed. */
export function pick<T>(all: readonly T[], count: number, seed: number): readonly T[] {
  const random = seededRandom(seed);
  return all
    .map((value) => ({ value, order: random() }))
    .toSorted((a, b) => a.order - b.order)
    .slice(0, count)
    .map(({ value }) => value);
}

/** Numbers in [0, 1): mulberry32, by Tommy Ettinger (public domain). */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
