import { readFile } from "node:fs/promises";
import { resolve } from "node:path";

import { defineSecrets, type Schema, type Secrets, type StoreFactory } from "@runnable/plugin";
import * as z from "zod/mini";

import { pickValues } from "./pick-values.ts";
import { secretsFileError } from "./secrets-file-error.ts";

/** `secrets.config` of file. */
export interface FileSecretsConfig {
  /** JSON file with an object of name to value; relative to the project directory. */
  readonly path: string;
  /** Names whose values may be shorter than 6 characters, and are then shown. Default none. */
  readonly plain: readonly string[];
}

/** Schema of {@link FileSecretsConfig}. */
export const fileSecretsConfig: Schema<
  { readonly path: string; readonly plain?: readonly string[] | undefined },
  FileSecretsConfig
> = z.strictObject({
  path: z.string().check(z.minLength(1)),
  plain: z._default(z.array(z.string()), []),
});

const secretValues = z.record(z.string(), z.string());

/** Secrets from a JSON file on the submitter. */
const fileSecrets: StoreFactory<typeof fileSecretsConfig, Secrets, "secrets"> = defineSecrets({
  config: fileSecretsConfig,
  needs: () => [],
  relocate: (config) => ({ ...config }),
  open: ({ path, plain }, { baseDirectory }) => {
    const file = resolve(baseDirectory, path);
    return {
      location: `file ${file}`,
      plain,
      read: async (names) => pickValues(await readValues(file), names),
    };
  },
});

export default fileSecrets;

async function readValues(path: string): Promise<{ readonly [name: string]: string }> {
  try {
    return z.parse(secretValues, JSON.parse(await readFile(path, "utf8")));
  } catch (cause) {
    throw secretsFileError(path, { key: "path", cause });
  }
}
