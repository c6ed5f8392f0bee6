import path from "node:path";

import type { StoreUnderTest } from "../../packages/core/test/stores/open-store.ts";
import type { S3Access } from "../engines/s3/s3-server.ts";

const plugin = path.resolve(import.meta.dirname, "../../plugins/s3/src");

/** Lets this process, and those that it starts, find the server's keys as Amazon's tools find them. */
export function useKeys({ accessKeyId, secretAccessKey }: S3Access): void {
  process.env["AWS_ACCESS_KEY_ID"] = accessKeyId;
  process.env["AWS_SECRET_ACCESS_KEY"] = secretAccessKey;
}

/** A store of type `s3`, in a part of the bucket that is named after the directory. */
export function s3Store(
  kind: "run-log" | "catalog",
  { endpoint, bucket }: Pick<S3Access, "endpoint" | "bucket">,
): StoreUnderTest {
  return {
    module: moduleOf(`s3-${kind}`),
    config: (directory) => ({ endpoint_url: endpoint, bucket, prefix: path.basename(directory) }),
    shared: true,
  };
}

/** URL of an entry of the plugin. */
export function moduleOf(entry: string): string {
  return new URL(`${entry}.ts`, `file://${plugin}/`).href;
}
