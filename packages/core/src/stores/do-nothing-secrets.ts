import { defineSecrets, type Schema, type Secrets, type StoreFactory } from "@runnable/plugin";
import * as z from "zod/mini";

/** `secrets.config` of do-nothing: it has no keys. */
export type DoNothingSecretsConfig = { readonly [key: string]: never };

/** Schema of {@link DoNothingSecretsConfig}. */
export const doNothingSecretsConfig: Schema<DoNothingSecretsConfig> = z.strictObject({});

/** An empty text for every name, to try a job without its secrets. */
const doNothingSecrets: StoreFactory<typeof doNothingSecretsConfig, Secrets, "secrets"> =
  defineSecrets({
    config: doNothingSecretsConfig,
    needs: () => [],
    relocate: () => ({}),
    open: () => ({
      location: "nowhere",
      read: async (names) => Object.fromEntries(names.map((name) => [name, ""])),
    }),
  });

export default doNothingSecrets;
