import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { parseEnv } from "node:util";

import { defineSecrets, type Schema, type Secrets, type StoreFactory } from "@runnable/plugin";
import * as z from "zod/mini";

import { pickValues } from "./pick-values.ts";
import { secretsFileError } from "./secrets-file-error.ts";

/** `secrets.config` of dotenv. */
export interface DotenvSecretsConfig {
  /** File of `NAME=value` lines; relative to the project directory. Default `.env`. */
  readonly location: string;
  /** Names whose values may be shorter than 6 characters, and are then shown. Default none. */
  readonly plain: readonly string[];
}

/** Schema of {@link DotenvSecretsConfig}. */
export const dotenvSecretsConfig: Schema<
  { readonly location?: string | undefined; readonly plain?: readonly string[] | undefined },
  DotenvSecretsConfig
> = z.strictObject({
  location: z._default(z.string().check(z.minLength(1)), ".env"),
  plain: z._default(z.array(z.string()), []),
});

/** Secrets from a dotenv file on the submitter; the language is that of `node --env-file`. */
const dotenvSecrets: StoreFactory<typeof dotenvSecretsConfig, Secrets, "secrets"> = defineSecrets({
  config: dotenvSecretsConfig,
  needs: () => [],
  relocate: (config) => ({ ...config }),
  open: ({ location, plain }, { baseDirectory }) => {
    const path = resolve(baseDirectory, location);
    return {
      location: `file ${path}`,
      plain,
      read: async (names) => pickValues(parseEnv(await readText(path)), names),
    };
  },
});

export default dotenvSecrets;

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    throw secretsFileError(path, { key: "location", cause });
  }
}
