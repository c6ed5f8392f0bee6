import type { Json, JsonObject } from "@runnable/plugin";

import type { Config, Section } from "../configure/config.ts";
import { isJsonObject } from "../discover/json-object.ts";

/** A section's `config` as it stands in the file, before `${NAME}` is filled in; of an object made in code what JSON can hold of its config. */
export function writtenConfig({ written }: Config, { at, instance }: Section): JsonObject {
  const found =
    instance === undefined ? at && writtenAt(written, [...at, "config"]) : madeOf(instance);
  return isJsonObject(found) ? found : {};
}

/** The value at a path of keys and indexes; `undefined` if there is none. */
export function writtenAt(value: Json, path: readonly (string | number)[]): Json | undefined {
  return path.reduce<Json | undefined>((at, key) => {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, key)) return undefined;
    return (at as Readonly<Record<string | number, Json | undefined>>)[key];
  }, value);
}

function madeOf(instance: unknown): Json {
  const { config } = instance as { readonly config?: unknown };
  try {
    return JSON.parse(JSON.stringify(config ?? {})) as Json;
  } catch {
    // A cycle or a BigInt: nothing of it can be recorded.
    return {};
  }
}
