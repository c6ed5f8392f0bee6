import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import path from "node:path";

import type { Bench, Project } from "../bench-setup.ts";
import { dataSets, type DataSet } from "../data-sets.ts";
import type { Figure } from "../figure.ts";
import { interleave, type Subject } from "../interleave.ts";
import { timeProcess, wholeTime, type Command } from "../timed-process.ts";

/** Of the time that copying and digesting takes. */
const againRatio = 0.1;

/** What a shell script would do: copy all, then digest all. */
const copyAndDigest =
  'cp -r "$1" "$2" && find "$2" -type f -print0 | xargs -0 -n 10000 -s 2000000 openssl sha256';

const putIntoStore = path.resolve(import.meta.dirname, "../put-into-store.ts");

/** Keeping files in the catalog, every byte digested: through the store alone, and by a job. */
export async function catalog(bench: Bench): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const set of dataSets()) figures.push(...(await putSet(bench, set)));
  return figures;
}

async function putSet(bench: Bench, set: DataSet): Promise<readonly Figure[]> {
  const project = bench.project(path.basename(set.directory), {
    "put.job.ts": jobOf('catalog: { put: ["data"] },'),
    "nothing.job.ts": jobOf(""),
  });
  must("cp", "-al", set.directory, path.join(project.directory, "data"));
  const times = await interleave({ rounds: 3 }, subjectsOf(bench, project));

  const peer = { name: "cp -r, openssl sha256", ms: times.copied };
  const once = { text: "≤ 1.0 ×", limitMs: peer.ms };
  const again = { text: `≤ ${againRatio} ×`, limitMs: peer.ms * againRatio };
  const [job, jobAgain] = [times.job - times.nothing, times.jobAgain - times.nothing];
  const note = "less the time of a job that puts nothing";
  return [
    { what: `put ${set.name}`, ms: times.store, peer, reach: once },
    { what: `put ${set.name} again`, ms: times.storeAgain, peer, reach: again },
    { what: `put ${set.name} by a job`, ms: job, peer, reach: once, note },
    { what: `put ${set.name} by a job again`, ms: jobAgain, peer, reach: again, note },
  ];
}

function subjectsOf({ node, modules }: Bench, { directory, runnable }: Project) {
  const [data = "", copy = "", store = "", ofJobs = ""] = ["data", "copy", "store", ".catalog"].map(
    (name) => path.join(directory, name),
  );
  const module = path.join(modules, "@runnable/core/dist/stores/file-system-catalog.js");
  const put = (runId: string): Command => ({
    argv: [node, putIntoStore, module, store, data, runId],
    cwd: directory,
  });
  return {
    copied: without(
      copy,
      wholeTime({ argv: ["sh", "-c", copyAndDigest, "sh", data, copy], cwd: directory }),
    ),
    store: without(store, saidTime(put("first"))),
    storeAgain: saidTime(put("second")),
    job: without(ofJobs, wholeTime(runnable("run", "put.job.ts"))),
    jobAgain: wholeTime(runnable("run", "put.job.ts")),
    nothing: wholeTime(runnable("run", "nothing.job.ts")),
  };
}

/** Removes what the round before left; `sync`, so that nobody pays for another's bytes on their way to the disk. */
function without(directory: string, subject: Subject): Subject {
  return async () => {
    rmSync(directory, { recursive: true, force: true });
    must("sync");
    return subject();
  };
}

/** The time that the process itself says it took. */
function saidTime(command: Command): Subject {
  return async () => Number((await timeProcess({ ...command, keepOutput: true })).stdout);
}

function jobOf(facts: string): string {
  return `
import { defineJob } from "@runnable/core";
export default defineJob({ ${facts} run: () => undefined });
`;
}

function must(program: string, ...args: readonly string[]): void {
  const { status, stderr } = spawnSync(program, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${program} ${args.join(" ")}: ${stderr}`);
}
