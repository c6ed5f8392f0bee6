import type { Json } from "@runnable/plugin";

import { createRedactor } from "../output/redactor.ts";
import type { ResolvedExecutor } from "../resolve/resolved.ts";
import { secretPaths } from "../resolve/secret-paths.ts";
import { writtenAt } from "../resolve/written-config.ts";

/** The plan, with `***` where it holds a value that the config's schema marks as secret: an executor that writes one there is wrong, and nobody shall read it. */
export function withoutSecrets({ definition, config }: ResolvedExecutor, plan: Json): Json {
  const json = JSON.parse(JSON.stringify(config ?? {})) as Json;
  const values = secretPaths(definition.config, json).map((path) => writtenAt(json, path));
  const secrets = values.filter((value) => typeof value === "string");
  return createRedactor(Object.fromEntries(secrets.entries())).redactJson(plan);
}
