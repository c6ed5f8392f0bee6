import { rmSync } from "node:fs";
import path from "node:path";

import { startS3Server, type S3Access } from "../../engines/s3/s3-server.ts";
import type { Bench } from "../bench-setup.ts";
import { dataSets, type DataSet } from "../data-sets.ts";
import type { Figure } from "../figure.ts";
import { interleave, type Subject } from "../interleave.ts";
import { timeProcess } from "../timed-process.ts";

const transfer = path.resolve(import.meta.dirname, "../s3-transfer.ts");
const againRatio = 0.1;

/** Files to and from a bucket, beside a bare client of the same server; the store digests every byte as well. */
export async function s3(bench: Bench): Promise<readonly Figure[]> {
  const started = await startS3Server();
  if (!started) throw new Error("there is no S3 server, and no Go to build one");
  await using server = started;
  const figures: Figure[] = [];
  for (const set of dataSets()) figures.push(...(await moveSet(bench, server.access, set)));
  return figures;
}

async function moveSet(bench: Bench, access: S3Access, set: DataSet): Promise<readonly Figure[]> {
  const times = await interleave({ rounds: 3 }, subjectsOf(bench, access, set));
  // Bytes a second: 0.9 of the client's for one large file; time: 1.2 of it for many small ones.
  const ratio = set.name === "one file of 1 GiB" ? 1 / 0.9 : 1.2;
  const put = { name: "bare client", ms: times.barePut };
  const get = { name: "bare client", ms: times.bareGet };
  return [
    { what: `S3: put ${set.name}`, ms: times.put, peer: put, reach: reach(put.ms, ratio) },
    {
      what: `S3: put ${set.name} again`,
      ms: times.putAgain,
      peer: put,
      reach: reach(put.ms, againRatio),
    },
    { what: `S3: get ${set.name}`, ms: times.get, peer: get, reach: reach(get.ms, ratio) },
  ];
}

/** In this order: what is got was put before, and what was put is removed when the next round begins. */
function subjectsOf(bench: Bench, access: S3Access, { directory }: DataSet) {
  const cwd = bench.scratch;
  const store = path.join(bench.modules, "@runnable/s3/dist/s3-catalog.js");
  const move =
    (who: string, direction: "put" | "get", place: string): Subject =>
    async () => {
      if (direction === "get") rmSync(path.join(cwd, "got"), { recursive: true, force: true });
      const { stdout } = await timeProcess({
        argv: [bench.node, transfer, who, direction, directory, place],
        cwd,
        keepOutput: true,
        env: {
          S3_ENDPOINT: access.endpoint,
          S3_BUCKET: access.bucket,
          AWS_ACCESS_KEY_ID: access.accessKeyId,
          AWS_SECRET_ACCESS_KEY: access.secretAccessKey,
        },
      });
      return Number(stdout);
    };
  const first =
    (place: string, subject: Subject): Subject =>
    async () => {
      for (const at of [path.join(access.directory, place), path.join(cwd, place)]) {
        rmSync(at, { recursive: true, force: true });
      }
      return subject();
    };
  return {
    barePut: first("bare", move("bare", "put", "bare")),
    bareGet: move("bare", "get", "bare"),
    put: first("store", move(store, "put", "store")),
    putAgain: move(store, "put", "store"),
    get: move(store, "get", "store"),
  };
}

function reach(ms: number, ratioOfPeer: number): NonNullable<Figure["reach"]> {
  return { text: `≤ ${ratioOfPeer.toFixed(2)} ×`, limitMs: ms * ratioOfPeer };
}
