import { secret, type Schema } from "@runnable/plugin";
import * as z from "zod/mini";

import { credentialNames, type CredentialNames } from "./credential-names.ts";
import { isLoopback } from "./place/is-loopback.ts";
import { isUrl } from "./place/is-url.ts";

/** `run-log-store.config` of `minio` and `chunked-minio`. */
export interface MinioRunLogConfig {
  /** URL of the server. Default `http://localhost:9002`. */
  readonly endpoint_url: string;
  /** Access key id. Default `minioadmin`, for a server on this machine only. */
  readonly aws_access_key_id?: string | undefined;
  /** Secret access key; better `${NAME}`, or `credentials`. Default `minioadmin`, for a server on this machine only. */
  readonly aws_secret_access_key?: string | undefined;
  /** Names of secrets that hold the keys, instead of them. */
  readonly credentials?: CredentialNames | undefined;
  /** The bucket, and what all keys in it begin with. Default `runnable/run-logs`. */
  readonly bucket: string;
}

/** `catalog.config` of `minio`: as the run log's, and one key more; `bucket` is `runnable` by default. */
export interface MinioCatalogConfig extends MinioRunLogConfig {
  /** Folder that patterns are relative to, itself relative to the working directory. Default `.`. */
  readonly compute_data_folder: string;
}

type Written<C> = { readonly [K in keyof C]?: C[K] | undefined };

const text = z.string().check(z.minLength(1));
// A schema of its own: the mark is on the schema, wherever it is used.
const secretText = secret(z.string().check(z.minLength(1)));
const bucket = z.string().check(
  z.regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](?:\/[\w!.*'()-]+)*\/?$/, {
    error: "a bucket's name, and after a `/` what the keys in it begin with",
  }),
);
const shape = {
  endpoint_url: z._default(z.string().check(isUrl), "http://localhost:9002"),
  aws_access_key_id: z.optional(secretText),
  aws_secret_access_key: z.optional(secretText),
  credentials: z.optional(credentialNames),
};

/** Schema of {@link MinioRunLogConfig}. */
export const minioRunLogConfig: Schema<Written<MinioRunLogConfig>, MinioRunLogConfig> = z
  .strictObject({ ...shape, bucket: z._default(bucket, "runnable/run-logs") })
  .check(ownKeys());

/** Schema of {@link MinioCatalogConfig}. */
export const minioCatalogConfig: Schema<Written<MinioCatalogConfig>, MinioCatalogConfig> = z
  .strictObject({
    ...shape,
    bucket: z._default(bucket, "runnable"),
    compute_data_folder: z._default(text, "."),
  })
  .check(ownKeys());

/** The keys that everybody knows open nothing but a server of one's own. */
function ownKeys(): z.core.$ZodCheck<MinioRunLogConfig> {
  return z.refine(
    (config) => {
      if (config.credentials !== undefined || isLoopback(config.endpoint_url)) return true;
      const keys = [config.aws_access_key_id, config.aws_secret_access_key];
      return keys.every((key) => key !== undefined && key !== "minioadmin");
    },
    {
      error:
        "a server that others reach must not be opened by `minioadmin`: give it keys of its own",
      path: ["aws_secret_access_key"],
    },
  );
}
