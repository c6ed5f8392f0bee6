import type { Schema } from "@runnable/plugin";
import * as z from "zod/mini";

import { credentialNames, type CredentialNames } from "./credential-names.ts";
import { isUrl } from "./place/is-url.ts";

/** `run-log-store.config` of `s3`. */
export interface S3RunLogConfig {
  /** The bucket; it must be there. */
  readonly bucket: string;
  /** What all keys in the bucket begin with, as `team/runs`. Default: nothing. */
  readonly prefix: string;
  /** The bucket's region. Default `us-east-1`. */
  readonly region: string;
  /** URL of a server other than Amazon's, without a path. */
  readonly endpoint_url?: string | undefined;
  /** Name the bucket in the URL's path, not in its host. Default: true with `endpoint_url`, else false. */
  readonly path_style?: boolean | undefined;
  /**
   * `found`: this side looks where Amazon's tools look (environment, profile, single sign-on, the machine's role) and hands what it
   * finds to the job as secrets (default). `platform`: each side looks for itself and nothing travels, for jobs that outlive the
   * keys. Or the names of secrets that hold them.
   */
  readonly credentials: "found" | "platform" | CredentialNames;
  /** Profile of `~/.aws/config`, for credentials that are found; also one that assumes a role. Default: AWS_PROFILE, else `default`. */
  readonly profile?: string | undefined;
  /** How the server encrypts what is written. Default: as the bucket says. */
  readonly server_side_encryption?: "AES256" | "aws:kms" | "aws:kms:dsse" | undefined;
  /** Key of the key management service, for `aws:kms`. Default: the service's own. */
  readonly kms_key_id?: string | undefined;
}

/** `catalog.config` of `s3`: as the run log's, and one key more. */
export interface S3CatalogConfig extends S3RunLogConfig {
  /** Folder that patterns are relative to, itself relative to the working directory. Default `.`. */
  readonly compute_data_folder: string;
}

/** What may be written: keys with a default may be left out. */
type Written<C> = {
  readonly [K in keyof C as K extends "bucket" ? never : K]?: C[K] | undefined;
} & {
  readonly bucket: string;
};

const text = z.string().check(z.minLength(1));

const shape = {
  bucket: z.string().check(
    // Source: docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
    z.regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, {
      error:
        "a bucket's name has 3–63 of a–z, 0–9, `.` and `-`; what follows it goes into `prefix`",
    }),
  ),
  prefix: z._default(
    z.string().check(
      z.regex(/^(?:[\w!.*'()-]+(?:\/[\w!.*'()-]+)*\/?)?$/, {
        error: "parts of letters, digits and ._-, with `/` between them",
      }),
      z.refine((prefix) => !prefix.split("/").some((part) => /^\.\.?$/.test(part)), {
        error: "a part can't be `.` or `..`",
      }),
    ),
    "",
  ),
  region: z._default(text, "us-east-1"),
  endpoint_url: z.optional(z.string().check(isUrl)),
  path_style: z.optional(z.boolean()),
  credentials: z._default(
    z.union([z.enum(["found", "platform"]), credentialNames], {
      error: "`found`, `platform`, or the names of secrets: access_key_id and secret_access_key",
    }),
    "found",
  ),
  profile: z.optional(text),
  server_side_encryption: z.optional(z.enum(["AES256", "aws:kms", "aws:kms:dsse"])),
  kms_key_id: z.optional(text),
};

/** Schema of {@link S3RunLogConfig}. */
export const s3RunLogConfig: Schema<Written<S3RunLogConfig>, S3RunLogConfig> = z.strictObject(
  shape,
);

/** Schema of {@link S3CatalogConfig}. */
export const s3CatalogConfig: Schema<Written<S3CatalogConfig>, S3CatalogConfig> = z.strictObject({
  ...shape,
  compute_data_folder: z._default(text, "."),
});
