import { randomUUID } from "node:crypto";

import type { Encryption } from "../place/bucket-place.ts";
import type { Bucket } from "./bucket.ts";
import { statusOf } from "./fault.ts";

/** Small objects of a place, by their keys below its prefix. */
export interface Objects {
  /** Creates an object; false, and nothing is changed, if it is there. */
  readonly create: (key: string, body: string) => Promise<boolean>;
  /** Writes over it, there or not. */
  readonly write: (key: string, body: string) => Promise<void>;
  readonly read: (key: string) => Promise<string | undefined>;
  readonly has: (key: string) => Promise<boolean>;
  /** Removes an object, there or not. */
  readonly remove: (key: string) => Promise<void>;
  /** Keys below the prefix that begin with a text, in the order of their bytes. */
  readonly list: (beginning: string, options?: ListOptions) => AsyncIterable<string>;
}

/** Which keys are listed. */
export interface ListOptions {
  /** What lies deeper than this is told as one key that ends with it. */
  readonly delimiter?: "/";
  /** Keys a request; 1,000 at most. */
  readonly pageSize?: number;
}

/** The objects of a bucket's place. */
export function objectsOf(bucket: Bucket): Objects {
  const { place, send, sendIfThere } = bucket;
  const at = (key: string) => ({ Bucket: place.bucket, Key: place.prefix + key });

  async function create(key: string, body: string): Promise<boolean> {
    const writer = randomUUID();
    try {
      await send((client, { PutObjectCommand }) =>
        client.send(
          new PutObjectCommand({
            ...at(key),
            ...encryptionFields(place.encryption),
            ...bodyOf(body),
            IfNoneMatch: "*",
            Metadata: { writer },
          }),
        ),
      );
      return true;
    } catch (error) {
      if (!isTaken(error)) throw error;
      // The answer to the request that created it may have been lost, and the next try found its own object.
      return (await writerOf(key)) === writer;
    }
  }

  async function writerOf(key: string): Promise<string | undefined> {
    const head = await sendIfThere((client, { HeadObjectCommand }) =>
      client.send(new HeadObjectCommand(at(key))),
    );
    return head?.Metadata?.["writer"];
  }

  return {
    create,
    write: async (key, body) => {
      await send((client, { PutObjectCommand }) =>
        client.send(
          new PutObjectCommand({
            ...at(key),
            ...encryptionFields(place.encryption),
            ...bodyOf(body),
          }),
        ),
      );
    },
    read: (key) =>
      sendIfThere(async (client, { GetObjectCommand }) => {
        const { Body } = await client.send(new GetObjectCommand(at(key)));
        return Body?.transformToString();
      }),
    has: async (key) =>
      (await sendIfThere((client, { HeadObjectCommand }) =>
        client.send(new HeadObjectCommand(at(key))),
      )) !== undefined,
    remove: async (key) => {
      await send((client, { DeleteObjectCommand }) =>
        client.send(new DeleteObjectCommand(at(key))),
      );
    },
    list: (beginning, options) => list(bucket, beginning, options),
  };
}

/** Removes all objects whose keys begin so. */
export async function removeBelow(objects: Objects, beginning: string): Promise<void> {
  const keys = await Array.fromAsync(objects.list(beginning));
  await Promise.all(keys.map((key) => objects.remove(key)));
}

// The SDK takes empty text for a stream.
function bodyOf(text: string): { readonly Body: Buffer; readonly ContentLength: number } {
  const Body = Buffer.from(text);
  return { Body, ContentLength: Body.length };
}

/** How the server shall encrypt what is written. */
export function encryptionFields(encryption: Encryption | undefined): {
  readonly ServerSideEncryption?: Encryption["algorithm"];
  readonly SSEKMSKeyId?: string;
} {
  if (encryption === undefined) return {};
  const { algorithm, keyId } = encryption;
  return {
    ServerSideEncryption: algorithm,
    ...(keyId === undefined ? {} : { SSEKMSKeyId: keyId }),
  };
}

/** Whether a request that may only create found an object. */
export function isTaken(error: unknown): boolean {
  return statusOf(error) === 412;
}

async function* list(
  { place, send }: Bucket,
  beginning: string,
  { delimiter, pageSize = 1000 }: ListOptions = {},
): AsyncGenerator<string> {
  let next: string | undefined;
  do {
    const page = await send((client, { ListObjectsV2Command }) =>
      client.send(
        new ListObjectsV2Command({
          Bucket: place.bucket,
          Prefix: place.prefix + beginning,
          MaxKeys: pageSize,
          ...(delimiter && { Delimiter: delimiter }),
          ...(next !== undefined && { ContinuationToken: next }),
        }),
      ),
    );
    const keys = [
      ...(page.Contents ?? []).map(({ Key = "" }) => Key),
      ...(page.CommonPrefixes ?? []).map(({ Prefix = "" }) => Prefix),
    ];
    yield* keys.toSorted().map((key) => key.slice(place.prefix.length));
    next = page.IsTruncated === true ? page.NextContinuationToken : undefined;
  } while (next !== undefined);
}
