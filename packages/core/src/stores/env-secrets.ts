import { defineSecrets, type Schema, type Secrets, type StoreFactory } from "@runnable/plugin";
import * as z from "zod/mini";

import { pickValues } from "./pick-values.ts";

/** `secrets.config` of env-secrets: it has no keys. */
export type EnvSecretsConfig = { readonly [key: string]: never };

/** Schema of {@link EnvSecretsConfig}. */
export const envSecretsConfig: Schema<EnvSecretsConfig> = z.strictObject({});

/** Secrets from the environment of the submitter. */
const envSecrets: StoreFactory<typeof envSecretsConfig, Secrets, "secrets"> = defineSecrets({
  config: envSecretsConfig,
  needs: () => [],
  relocate: () => ({}),
  open: () => ({
    location: "environment",
    read: async (names) => pickValues(process.env, names),
  }),
});

export default envSecrets;
