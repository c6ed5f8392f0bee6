import { RunnableError, type StoreContext } from "@runnable/plugin";

import type { BucketPlace, Keys } from "../place/bucket-place.ts";
import { travellingNames } from "../place/travelling-names.ts";
import { findKeys } from "./find-keys.ts";

/**
 * Gives keys whenever the client asks: those that were handed over, or those that this side finds by itself, which may be newer.
 *
 * @throws RunnableError S3_NO_CREDENTIALS when there are none, or those that were handed over have ended.
 */
export function keysOf(
  place: BucketPlace,
  credentials: StoreContext["credentials"],
): () => Promise<Keys> {
  const handed = handedKeys(place, credentials);
  let calls = 0;
  return async () => {
    calls += 1;
    const source = place.credentials;
    if (source.from === "config") return handed ?? source.keys;
    if (source.from === "secrets") return stillGood(place, handed);
    return calls === 1 && handed !== undefined && !hasEnded(handed) ? handed : findKeys(place);
  };
}

function handedKeys(
  place: BucketPlace,
  credentials: StoreContext["credentials"],
): Keys | undefined {
  const names = travellingNames(place);
  if (!names) return undefined;
  const valueOf = (name: string | undefined) =>
    (name === undefined ? "" : credentials[name]) || undefined;
  const accessKeyId = valueOf(names.access_key_id);
  const secretAccessKey = valueOf(names.secret_access_key);
  if (accessKeyId === undefined || secretAccessKey === undefined) return undefined;
  const sessionToken = valueOf(names.session_token);
  const expiresAt = valueOf(names.expires_at);
  return {
    accessKeyId,
    secretAccessKey,
    ...(sessionToken === undefined ? {} : { sessionToken }),
    ...(expiresAt === undefined ? {} : { expiration: new Date(expiresAt) }),
  };
}

function hasEnded({ expiration }: Keys): boolean {
  return expiration !== undefined && expiration.getTime() <= Date.now();
}

function stillGood(place: BucketPlace, keys: Keys | undefined): Keys {
  if (keys === undefined) throw missing(place);
  if (hasEnded(keys)) throw ended(place, keys);
  return keys;
}

function ended({ section }: BucketPlace, { expiration }: Keys): RunnableError {
  return new RunnableError(
    "S3_NO_CREDENTIALS",
    `${section}: the keys that came with the job ended at ${expiration?.toISOString()}`,
    {
      hint: `Set ${section}.config.credentials to platform, so that the job finds keys of its own, or use keys that last longer.`,
      exitCode: 78,
    },
  );
}

function missing({ section }: BucketPlace): RunnableError {
  return new RunnableError(
    "S3_NO_CREDENTIALS",
    `${section}: the secrets that ${section}.config.credentials names did not arrive`,
    { hint: "Set them in the secrets store of the config.", exitCode: 78 },
  );
}
