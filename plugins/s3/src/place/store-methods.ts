import type { JsonObject, Placed, StoreNeed } from "@runnable/plugin";

import { findKeys } from "../client/find-keys.ts";
import { describePlace, serverUrl, type BucketPlace, type Keys } from "./bucket-place.ts";
import { travellingNames } from "./travelling-names.ts";

/** The part of a store's definition that all types of this package share. */
export interface StoreMethods<C> {
  readonly needs: (config: C) => readonly StoreNeed[];
  readonly relocate: (config: C, placements: readonly Placed[]) => JsonObject;
  readonly credentials: (config: C) => readonly string[];
  readonly credentialValues: (config: C) => Promise<{ readonly [name: string]: string }>;
}

/** Those methods, for the place that a config means. */
export function storeMethods<C extends object>(
  id: "run-log" | "catalog",
  placeOf: (config: C) => BucketPlace,
): StoreMethods<C> {
  return {
    needs: (config) => [needOf(id, placeOf(config))],
    relocate: (config, placements) => {
      const placement = placements.find(({ need }) => need.id === id)?.placement;
      const url = placement?.at === "endpoint" ? placement.url : undefined;
      return relocate(config, placeOf(config), url);
    },
    credentials: (config) => namesOf(placeOf(config)),
    credentialValues: (config) => valuesOf(placeOf(config)),
  };
}

function needOf(id: string, place: BucketPlace): StoreNeed {
  const why = `it is in ${describePlace(place)}`;
  return { id, access: "write", kind: "endpoint", url: serverUrl(place), why };
}

/** Keys that were written into the config, and the profile of this side, stay here. */
function relocate(config: object, place: BucketPlace, url: string | undefined): JsonObject {
  const {
    aws_access_key_id: _id,
    aws_secret_access_key: _key,
    profile: _profile,
    ...others
  } = JSON.parse(JSON.stringify(config)) as JsonObject;
  const names = travellingNames(place);
  return {
    ...others,
    ...(names && { credentials: JSON.parse(JSON.stringify(names)) as JsonObject }),
    ...(url !== undefined && url !== serverUrl(place) && { endpoint_url: url }),
  };
}

function namesOf(place: BucketPlace): readonly string[] {
  const names = Object.values(travellingNames(place) ?? {}) as readonly (string | undefined)[];
  return names.filter((name) => name !== undefined);
}

async function valuesOf(place: BucketPlace): Promise<{ readonly [name: string]: string }> {
  const { from } = place.credentials;
  if (from === "secrets" || from === "platform") return {};
  const keys = from === "config" ? place.credentials.keys : await findKeys(place);
  return asValues(place, keys);
}

function asValues(place: BucketPlace, keys: Keys): { readonly [name: string]: string } {
  const names = travellingNames(place);
  const pairs = [
    [names?.access_key_id, keys.accessKeyId],
    [names?.secret_access_key, keys.secretAccessKey],
    [names?.session_token, keys.sessionToken ?? ""],
    [names?.expires_at, keys.expiration?.toISOString() ?? ""],
  ] as const;
  return Object.fromEntries(pairs.filter(([name]) => name !== undefined));
}
