/**
 * `node s3-transfer.ts bare|STORE_MODULE put|get FILES PLACE`: moves a directory to or from a part of a bucket, and prints the milliseconds.
 * The server is in the environment: S3_ENDPOINT, S3_BUCKET, and the keys as Amazon's tools take them.
 */
import { createReadStream, createWriteStream, mkdirSync, readdirSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { pipeline } from "node:stream/promises";

import { eachAtOnce } from "./each-at-once.ts";

/** As `Upload` of the SDK, and as the store: parts in flight; small files in flight. */
const partsAtOnce = 4;
const filesAtOnce = 64;
const partBytes = 8 * 1024 ** 2;

const [who = "", direction = "", files = "", place = ""] = process.argv.slice(2);
const { S3_ENDPOINT: endpoint = "", S3_BUCKET: Bucket = "" } = process.env;
const entries = readdirSync(files, { recursive: true, withFileTypes: true });
const sources = entries
  .filter((entry) => entry.isFile())
  .map((entry) => path.join(entry.parentPath, entry.name));
const target = path.resolve("got");
const move = who === "bare" ? bare() : await ofStore();

const started = performance.now();
await move();
console.log(performance.now() - started);

async function ofStore(): Promise<() => Promise<void>> {
  const { default: store } = await import(who);
  const credentials = await store.definition.credentialValues(configOf(store));
  const catalog = await store.definition.open(configOf(store), {
    baseDirectory: path.resolve(place),
    credentials,
  });
  const put = () =>
    catalog.put(
      "bench",
      sources.map((source) => ({ path: path.relative(files, source), source })),
      { copy: true },
    );
  if (direction === "put") return put;
  const listed = await catalog.list("bench");
  return () => catalog.get("bench", listed, target);
}

function configOf(store: { readonly definition: { readonly config: Validator } }): unknown {
  const config = { endpoint_url: endpoint, bucket: Bucket, prefix: place };
  const validated = store.definition.config["~standard"].validate(config);
  return validated.value;
}

interface Validator {
  readonly "~standard": { readonly validate: (config: unknown) => { readonly value: unknown } };
}

/** What a script with the SDK would do, without a digest. */
function bare(): () => Promise<void> {
  const plugin = path.resolve(import.meta.dirname, "../../plugins/s3/package.json");
  const sdk = createRequire(plugin)("@aws-sdk/client-s3");
  const client = new sdk.S3Client({
    region: "us-east-1",
    endpoint,
    forcePathStyle: true,
    requestHandler: { httpAgent: { keepAlive: true, maxSockets: 128 } },
  });

  async function putParts(source: string, size: number): Promise<void> {
    const at = keyOf(source);
    const { UploadId } = await client.send(new sdk.CreateMultipartUploadCommand(at));
    const parts = Array.from({ length: Math.ceil(size / partBytes) }, (_, index) => index + 1);
    const tags: { readonly PartNumber: number; readonly ETag: string }[] = [];
    await eachAtOnce(partsAtOnce, parts, async (PartNumber) => {
      const start = (PartNumber - 1) * partBytes;
      const chunks = createReadStream(source, { start, end: start + partBytes - 1 });
      const Body = Buffer.concat(await Array.fromAsync<Buffer>(chunks));
      const part = new sdk.UploadPartCommand({ ...at, UploadId, PartNumber, Body });
      tags.push({ PartNumber, ETag: (await client.send(part)).ETag });
    });
    const Parts = tags.toSorted((a, b) => a.PartNumber - b.PartNumber);
    await client.send(
      new sdk.CompleteMultipartUploadCommand({ ...at, UploadId, MultipartUpload: { Parts } }),
    );
  }

  const put = async (source: string) => {
    const { size } = statSync(source);
    if (size > partBytes) return putParts(source, size);
    await client.send(new sdk.PutObjectCommand({ ...keyOf(source), Body: await readFile(source) }));
  };
  const get = async (source: string) => {
    const to = path.join(target, path.relative(files, source));
    mkdirSync(path.dirname(to), { recursive: true });
    const { Body } = await client.send(new sdk.GetObjectCommand(keyOf(source)));
    await pipeline(Body, createWriteStream(to));
  };
  return () => eachAtOnce(filesAtOnce, sources, direction === "put" ? put : get);
}

function keyOf(source: string): { readonly Bucket: string; readonly Key: string } {
  return { Bucket, Key: `${place}/${path.relative(files, source)}` };
}
