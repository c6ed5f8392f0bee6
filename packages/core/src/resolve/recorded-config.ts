import { createHmac } from "node:crypto";

import type { Json, JsonObject, Schema } from "@runnable/plugin";

import type { Config, Section } from "../configure/config.ts";
import { isLiteral } from "./literal.ts";
import { projectKey } from "./project-key.ts";
import type { RecordedConfig, Services } from "./resolved.ts";
import { secretPaths } from "./secret-paths.ts";
import { writtenConfig } from "./written-config.ts";

/**
 * The four sections as written, `${NAME}` not filled in, the defaults' types included. A literal under a key marked
 * `secret()` becomes `{ "secret": "hmac-sha256:<hex>" }`, keyed by the project's own key.
 */
export function recordedConfig(config: Config, services: Services): RecordedConfig {
  const digest = digester(config.projectDirectory);
  const record = ({ section, definition }: Configured): JsonObject => {
    const written = redact(definition.config, writtenConfig(config, section), digest);
    const { type } = section;
    return Object.keys(written).length === 0 ? { type } : { type, config: written };
  };
  return {
    "job-executor": record(services.executor),
    "run-log-store": record(services.runLog),
    catalog: record(services.catalog),
    secrets: record(services.secrets),
  };
}

interface Configured {
  readonly section: Section;
  readonly definition: { readonly config: Schema };
}

type Digest = (value: Json) => Json;

// The key is read, or made, only if there is a literal.
function digester(projectDirectory: string): Digest {
  let key: Buffer | undefined;
  return (value) => {
    key ??= projectKey(projectDirectory);
    const text = typeof value === "string" ? value : JSON.stringify(value);
    return { secret: `hmac-sha256:${createHmac("sha256", key).update(text).digest("hex")}` };
  };
}

function redact(schema: Schema, written: JsonObject, digest: Digest): JsonObject {
  const secrets = new Set(secretPaths(schema, written).map((path) => JSON.stringify(path)));
  const walk = (value: Json, path: readonly (string | number)[]): Json => {
    if (secrets.has(JSON.stringify(path))) return isLiteral(value) ? digest(value) : value;
    if (Array.isArray(value)) return value.map((item: Json, index) => walk(item, [...path, index]));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, walk(inner ?? null, [...path, key])]),
    );
  };
  return walk(written, []) as JsonObject;
}
