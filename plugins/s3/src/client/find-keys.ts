import { RunnableError } from "@runnable/plugin";

import type { BucketPlace, Keys } from "../place/bucket-place.ts";

/**
 * Keys from where Amazon's tools look: environment, profile, single sign-on, web identity, the machine's role.
 *
 * @throws RunnableError S3_NO_CREDENTIALS when there are none.
 */
export async function findKeys({ credentials, region, section }: BucketPlace): Promise<Keys> {
  const profile = "profile" in credentials ? credentials.profile : undefined;
  const { S3Client } = await import("./sdk.ts");
  const client = new S3Client({ region, ...(profile === undefined ? {} : { profile }) });
  try {
    return await client.config.credentials();
  } catch (cause) {
    const where =
      profile === undefined ? "in the environment, a profile or a role" : `in profile ${profile}`;
    throw new RunnableError("S3_NO_CREDENTIALS", `${section}: no keys for S3 were found ${where}`, {
      hint: `Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, sign in with \`aws sso login\`, or name secrets in ${section}.config.credentials.`,
      exitCode: 78,
      cause,
    });
  } finally {
    client.destroy();
  }
}
