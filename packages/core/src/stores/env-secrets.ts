import { defineSecrets, type Schema, type Secrets, type StoreFactory } from "@runnable/plugin";
import * as z from "zod/mini";

import { pickValues } from "./pick-values.ts";

/** `secrets.config` of env-secrets. */
export interface EnvSecretsConfig {
  /** Names whose values may be shorter than 6 characters, and are then shown. Default none. */
  readonly plain: readonly string[];
}

/** Schema of {@link EnvSecretsConfig}. */
export const envSecretsConfig: Schema<
  { readonly plain?: readonly string[] | undefined },
  EnvSecretsConfig
> = z.strictObject({ plain: z._default(z.array(z.string()), []) });

/** Secrets from the environment of the submitter. */
const envSecrets: StoreFactory<typeof envSecretsConfig, Secrets, "secrets"> = defineSecrets({
  config: envSecretsConfig,
  needs: () => [],
  relocate: ({ plain }) => ({ plain }),
  open: ({ plain }) => ({
    location: "environment",
    plain,
    read: async (names) => pickValues(process.env, names),
  }),
});

export default envSecrets;
