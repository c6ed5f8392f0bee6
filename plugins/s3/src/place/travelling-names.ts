import type { CredentialNames } from "../credential-names.ts";
import type { BucketPlace } from "./bucket-place.ts";

/** Names under which the keys of a place travel to the job; undefined where none travel. */
export function travellingNames({
  credentials,
  section,
}: BucketPlace): CredentialNames | undefined {
  if (credentials.from === "platform") return undefined;
  if (credentials.from === "secrets") return credentials.names;
  const store = section === "catalog" ? "CATALOG" : "RUN_LOG";
  return {
    access_key_id: `${store}_S3_ACCESS_KEY_ID`,
    secret_access_key: `${store}_S3_SECRET_ACCESS_KEY`,
    session_token: `${store}_S3_SESSION_TOKEN`,
    expires_at: `${store}_S3_EXPIRES_AT`,
  };
}
