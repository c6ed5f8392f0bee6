import { readFileSync } from "node:fs";

import type { Json } from "@runnable/plugin";

import type { Candidate } from "../discover/candidate.ts";
import { isJsonObject } from "../discover/json-object.ts";
import { errorCode } from "../files/error-code.ts";
import type { DocumentedConfig } from "./config-schema.ts";

/** Reads the JSON Schema file that a manifest names. */
export function readSchemaFile(file: string, candidate: Candidate): DocumentedConfig {
  const broken = (why: string): DocumentedConfig => {
    const { packageName, version } = candidate.provider;
    return {
      schema: undefined,
      finding: {
        code: "PLUGIN_SCHEMA_FILE",
        message: `${packageName} ${version} ("${candidate.type}") names the schema ${file}, which ${why}`,
        hint: `The fault is in ${packageName}, not in your configuration.`,
      },
    };
  };
  try {
    const value = JSON.parse(readFileSync(file, "utf8")) as Json;
    return isJsonObject(value) ? { schema: value } : broken("is no JSON object");
  } catch (error) {
    return broken(errorCode(error) === undefined ? "is no JSON" : "can't be read");
  }
}
