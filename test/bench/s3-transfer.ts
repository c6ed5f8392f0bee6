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

/** As many as the store has on their way. */
const filesAtOnce = 64;
const largeBytes = 8 * 1024 ** 2;

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

/** What a script with the SDK would do, large files by its own `Upload`; without a digest. */
function bare(): () => Promise<void> {
  const load = createRequire(path.resolve(import.meta.dirname, "../../plugins/s3/package.json"));
  const sdk = load("@aws-sdk/client-s3");
  const { Upload } = load("@aws-sdk/lib-storage");
  const client = new sdk.S3Client({
    region: "us-east-1",
    endpoint,
    forcePathStyle: true,
    requestHandler: { httpAgent: { keepAlive: true, maxSockets: 128 } },
  });

  const put = async (source: string) => {
    if (statSync(source).size > largeBytes) {
      await new Upload({
        client,
        params: { ...keyOf(source), Body: createReadStream(source) },
      }).done();
      return;
    }
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
