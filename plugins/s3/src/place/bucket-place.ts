import type { CredentialNames } from "../credential-names.ts";

/** A part of a bucket, and how it is opened: what the sections of all types come to. */
export interface BucketPlace {
  readonly bucket: string;
  /** Empty, or with `/` at its end. */
  readonly prefix: string;
  readonly region: string;
  /** Undefined: Amazon's. */
  readonly endpoint: string | undefined;
  readonly pathStyle: boolean;
  readonly credentials: CredentialSource;
  readonly encryption: Encryption | undefined;
  /** The section of the config that says so. */
  readonly section: "run-log-store" | "catalog";
}

/** Where the keys that open a bucket come from. */
export type CredentialSource =
  | { readonly from: "found" | "platform"; readonly profile: string | undefined }
  | { readonly from: "secrets"; readonly names: CredentialNames }
  | { readonly from: "config"; readonly keys: Keys };

/** Keys as the server knows them. */
export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

/** How the server encrypts what is written. */
export interface Encryption {
  readonly algorithm: "AES256" | "aws:kms" | "aws:kms:dsse";
  readonly keyId: string | undefined;
}

/** URL of the server that has the bucket. */
export function serverUrl({ endpoint, region }: BucketPlace): string {
  return endpoint ?? `https://s3.${region}.amazonaws.com`;
}

/** For people: `s3://bucket/prefix/ at http://localhost:9000`. */
export function describePlace(place: BucketPlace): string {
  return `s3://${place.bucket}/${place.prefix} at ${serverUrl(place)}`;
}
