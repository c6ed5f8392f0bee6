import type { S3RunLogConfig } from "../s3-config.ts";
import type { BucketPlace, CredentialSource } from "./bucket-place.ts";

/** What a section of type `s3` means. */
export function s3Place(config: S3RunLogConfig, section: BucketPlace["section"]): BucketPlace {
  const {
    bucket,
    prefix,
    region,
    endpoint_url: endpoint,
    server_side_encryption: algorithm,
  } = config;
  return {
    bucket,
    prefix: prefix === "" || prefix.endsWith("/") ? prefix : `${prefix}/`,
    region,
    endpoint: endpoint?.replace(/\/$/, ""),
    pathStyle: config.path_style ?? endpoint !== undefined,
    credentials: sourceOf(config),
    encryption: algorithm && { algorithm, keyId: config.kms_key_id },
    section,
  };
}

function sourceOf({ credentials, profile }: S3RunLogConfig): CredentialSource {
  return typeof credentials === "string"
    ? { from: credentials, profile }
    : { from: "secrets", names: credentials };
}
