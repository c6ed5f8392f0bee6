import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

import { leaveDockerEngine, useDockerEngine } from "../../engines/docker/docker-engine.ts";
import type { Bench } from "../bench-setup.ts";
import type { Figure, Reach } from "../figure.ts";
import { interleave, type Subject } from "../interleave.ts";
import { timeProcess, wholeTime, type Command, type TimedProcess } from "../timed-process.ts";
import { trivialJob } from "../trivial-job.ts";

const calls = path.resolve(import.meta.dirname, "../docker-calls.sh");
const callsRatio = 1.25;
const copyRatio = 1.2;
const atOnce = 20;
/** About as large as the payload of a small job. */
const payloadBytes = 150_000;

/** Jobs in containers, beside a shell script that asks the engine for the same. */
export async function docker(bench: Bench): Promise<readonly Figure[]> {
  const user = String(process.pid);
  const engine = await useDockerEngine(user);
  if (!engine) throw new Error("there is no Docker engine, and none can be started");
  try {
    const env = engine.host === undefined ? {} : { DOCKER_HOST: engine.host };
    const subjects = subjectsOf(bench, engine.images.node, env);
    return [...(await oneJob(subjects)), await manyJobs(subjects), await largeFile(subjects)];
  } finally {
    if (engine.own) await leaveDockerEngine(user);
  }
}

async function oneJob({ runnable, script, bare }: Subjects): Promise<readonly Figure[]> {
  const times = await interleave(
    { rounds: 11 },
    {
      ours: wholeTime(runnable("trivial.job.ts")),
      script: wholeTime(script("0")),
      bare: wholeTime(bare),
      first: firstLine(runnable("slow.job.ts")),
      firstOfScript: firstLine(script(slow)),
    },
  );
  const peer = { name: "the same calls by hand", ms: times.script };
  return [
    { what: "trivial job, docker", ms: times.ours, peer, reach: reach(peer.ms, callsRatio) },
    {
      what: "trivial job, docker",
      ms: times.ours,
      peer: { name: "docker run --rm IMAGE node -e 0", ms: times.bare },
    },
    {
      what: "first line of a job, docker",
      ms: times.first,
      peer: { ...peer, ms: times.firstOfScript },
      reach: reach(times.firstOfScript, callsRatio),
    },
  ];
}

async function manyJobs({ node, script, directory, env }: Subjects): Promise<Figure> {
  const { argv } = script("0");
  const xargs = `seq ${atOnce} | xargs -P ${atOnce} -I _ "$@"`;
  const times = await interleave(
    { rounds: 3 },
    {
      ours: wholeTime({ argv: [node, "many.ts"], cwd: directory, env }),
      script: wholeTime({ argv: ["sh", "-c", xargs, "sh", ...argv], cwd: directory, env }),
    },
  );
  return {
    what: `${atOnce} jobs at once of one process, docker`,
    ms: times.ours,
    peer: { name: "the same calls, xargs -P", ms: times.script },
    reach: reach(times.script, callsRatio),
    note: "all results were checked",
  };
}

async function largeFile({ runnable, script, directory, kept }: Subjects): Promise<Figure> {
  const times = await interleave(
    { rounds: 3 },
    {
      put: emptied(path.join(directory, ".catalog"), runnable("large.job.ts")),
      made: emptied(path.join(directory, ".catalog"), runnable("made.job.ts")),
      copied: emptied(kept, script(`${makeLarge}; ${copyLarge}`)),
      madeByScript: emptied(kept, script(makeLarge)),
    },
  );
  const peer = { name: "cp in a container", ms: times.copied - times.madeByScript };
  return {
    what: "1 GiB of a job to the catalog, docker",
    ms: times.put - times.made,
    peer,
    reach: reach(peer.ms, copyRatio),
    note: "less the time of one that makes the file and keeps nothing; ours digests every byte",
  };
}

interface Subjects {
  readonly node: string;
  readonly directory: string;
  readonly env: { readonly [name: string]: string };
  /** What the script's containers may write to. */
  readonly kept: string;
  readonly bare: Command;
  readonly runnable: (job: string) => Command;
  /** `work` is a program for `node -e`. */
  readonly script: (work: string) => Command;
}

function subjectsOf(bench: Bench, image: string, env: Subjects["env"]): Subjects {
  const { directory, runnable } = bench.project("docker", filesOf(image));
  const kept = path.join(directory, "data");
  mkdirSync(kept);
  const payload = path.join(bench.scratch, "payload.tar");
  makePayload(payload);
  return {
    node: bench.node,
    directory,
    env,
    kept,
    bare: { argv: ["docker", "run", "--rm", image, "node", "-e", "0"], cwd: directory, env },
    runnable: (job) => ({ ...runnable("run", job), env }),
    script: (work) => ({ argv: [calls, image, payload, kept, work], cwd: directory, env }),
  };
}

function filesOf(image: string): { readonly [name: string]: string } {
  const names = ["cli", "core", "docker"].map((name) => [`@runnable/${name}`, "*"]);
  const manifest = { name: "docker", type: "module", dependencies: Object.fromEntries(names) };
  return {
    "package.json": JSON.stringify(manifest),
    "runnable-config.yaml": JSON.stringify({
      "job-executor": { type: "docker", config: { image } },
    }),
    "trivial.job.ts": trivialJob,
    "slow.job.ts": jobOf("", slow),
    "large.job.ts": jobOf('catalog: { put: ["large.bin"] },', makeLarge),
    "made.job.ts": jobOf("", makeLarge),
    "double.job.ts": `
import { defineJob } from "@runnable/core";
export default defineJob({ run: ({ parameters }) => ({ result: parameters.n * 2 }) });
`,
    "many.ts": `
import double from "./double.job.ts";
const numbers = Array.from({ length: ${atOnce} }, (_, n) => n);
const ends = await Promise.all(numbers.map((n) => double.execute({ parameters: { n } })));
if (!ends.every(({ returns }, n) => returns.result === n * 2)) throw new Error("a result is wrong");
`,
  };
}

const slow = `console.log("first"); setTimeout(() => {}, 300)`;
const makeLarge = `
const fs = process.getBuiltinModule("node:fs");
const block = process.getBuiltinModule("node:crypto").randomBytes(64 << 20);
const file = fs.openSync("large.bin", "w");
for (let n = 0; n < 16; n += 1) fs.writeSync(file, block);
fs.closeSync(file)`;
const copyLarge = `process.getBuiltinModule("node:child_process").execFileSync("cp", ["large.bin", "/kept"])`;

function jobOf(facts: string, statements: string): string {
  return `
import { defineJob } from "@runnable/core";
export default defineJob({ ${facts} run() { ${statements}; } });
`;
}

/** A directory to work in, and a file of some size beside it. */
function makePayload(archive: string): void {
  const root = path.join(path.dirname(archive), "payload");
  mkdirSync(path.join(root, "runnable/work"), { recursive: true });
  writeFileSync(path.join(root, "runnable/run.mjs"), Buffer.alloc(payloadBytes, "//\n"));
  must("chmod", "1777", path.join(root, "runnable/work"));
  must("tar", "-cf", archive, "-C", root, ".");
}

function reach(peerMs: number, ratio: number): Reach {
  return { text: `≤ ${ratio} ×`, limitMs: peerMs * ratio };
}

function firstLine(command: Command): Subject {
  return async () => {
    const { firstOutputMs, stdout }: TimedProcess = await timeProcess({
      ...command,
      keepOutput: true,
    });
    if (firstOutputMs === undefined || !stdout.startsWith("first\n")) {
      throw new Error("no first line");
    }
    return firstOutputMs;
  };
}

/** Removes what the round before left; `sync`, so that nobody pays for another's bytes on their way to the disk. */
function emptied(directory: string, command: Command): Subject {
  return async () => {
    if (existsSync(directory)) rmSync(directory, { recursive: true });
    mkdirSync(directory);
    must("sync");
    return (await timeProcess(command)).ms;
  };
}

function must(program: string, ...args: readonly string[]): void {
  const { status, stderr } = spawnSync(program, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${program} ${args.join(" ")}: ${stderr}`);
}
