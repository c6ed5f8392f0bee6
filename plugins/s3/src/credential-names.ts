import * as z from "zod/mini";

/** Names of secrets that open a bucket. */
export interface CredentialNames {
  /** Name of the secret that holds the access key id. */
  readonly access_key_id: string;
  /** Name of the secret that holds the secret access key. */
  readonly secret_access_key: string;
  /** Name of the secret that holds the session token; absent: keys that stay valid. */
  readonly session_token?: string | undefined;
  /** Name of the secret that holds when the keys end, as ISO 8601. */
  readonly expires_at?: string | undefined;
}

const name = z.string().check(z.minLength(1));

/** Schema of {@link CredentialNames}. */
export const credentialNames: z.ZodMiniType<CredentialNames, CredentialNames> = z.strictObject({
  access_key_id: name,
  secret_access_key: name,
  session_token: z.optional(name),
  expires_at: z.optional(name),
});
