import { RunnableError } from "@runnable/plugin";

import { nodeCrypto } from "../files/node-crypto.ts";

/** Crockford's base 32 in small letters: no i, l, o, u. */
const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
const randomCharacters = 13;

/** A new run id: `yyyymmdd-hhmmssmmm-<13 characters>`: sorts by time (UTC) and has 65 random bits. */
export function createRunId(now: Date): string {
  const digits = now.toISOString().replaceAll(/\D/g, "");
  const random = Array.from(
    nodeCrypto().randomBytes(randomCharacters),
    (byte) => alphabet[byte % 32],
  ).join("");
  return `${digits.slice(0, 8)}-${digits.slice(8, 17)}-${random}`;
}

/** @throws RunnableError RUN_ID_INVALID unless the id is 1–100 of [A-Za-z0-9._-] and begins with a letter or digit. */
export function checkRunId(runId: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(runId)) return runId;
  throw new RunnableError(
    "RUN_ID_INVALID",
    `${JSON.stringify(runId.slice(0, 120))} is not a run id`,
    {
      hint: "Use 1 to 100 of A-Z a-z 0-9 . _ - and begin with a letter or digit.",
      exitCode: 78,
    },
  );
}
