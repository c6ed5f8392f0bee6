import { RunnableError } from "@runnable/plugin";

import type { ResolvedStore, Services } from "../resolve/resolved.ts";

/** Names of secrets that open a store. */
export function credentialsOf(
  store: Pick<ResolvedStore<unknown>, "definition" | "config">,
): readonly string[] {
  return store.definition.credentials?.(store.config) ?? [];
}

/** Names of all secrets that the job and the stores ask for. */
export function secretNames(
  services: Pick<Services, "runLog" | "catalog">,
  jobSecrets: readonly string[],
): readonly string[] {
  const stores = [services.runLog, services.catalog].flatMap(credentialsOf);
  return [...new Set([...jobSecrets, ...stores])];
}

/** How a run comes by its secret values. */
export type ReadSecretValues = (
  services: Pick<Services, "secrets" | "runLog" | "catalog">,
  jobSecrets: readonly string[],
  baseDirectory: string,
) => Promise<{ readonly [name: string]: string }>;

/**
 * Values of all secrets that the job and the stores ask for, from the secrets store.
 *
 * @throws RunnableError SECRETS_MISSING naming all that are not there, SECRETS_SHORT those that could not be redacted; never a
 * value.
 */
export async function readSecretValues(
  services: Pick<Services, "secrets" | "runLog" | "catalog">,
  jobSecrets: readonly string[],
  baseDirectory: string,
): Promise<{ readonly [name: string]: string }> {
  const stores = [services.runLog, services.catalog].flatMap(credentialsOf);
  const own = await ownValues([services.runLog, services.catalog]);
  const names = [...new Set([...jobSecrets, ...stores])].filter((name) => !(name in own));
  if (names.length === 0) return own;
  const { definition, config } = services.secrets;
  const secrets = await definition.open(config, { baseDirectory, credentials: {} });
  const values = await secrets.read(names);
  const missing = names.filter((name) => values[name] === undefined);
  if (missing.length > 0) throw missingSecrets(missing, secrets.location);
  const short = names.filter(
    (name) => isShort(values[name] ?? "") && !secrets.plain?.includes(name),
  );
  if (short.length > 0) throw shortSecrets(short, secrets.location);
  return { ...own, ...values };
}

/** Shorter values can't be redacted without redacting half of a job's output. An empty one hides nothing. */
function isShort(value: string): boolean {
  return value.length > 0 && value.length < 6;
}

function missingSecrets(names: readonly string[], location: string): RunnableError {
  return new RunnableError("SECRETS_MISSING", `${names.join(", ")}: not in ${location}`, {
    hint: `Set ${names.length === 1 ? "it" : "them"} there, or choose another store in the config's \`secrets\`.`,
    exitCode: 78,
  });
}

function shortSecrets(names: readonly string[], location: string): RunnableError {
  return new RunnableError(
    "SECRETS_SHORT",
    `${names.join(", ")} in ${location}: shorter than 6 characters`,
    {
      hint: "So short a value can't be kept out of output. Use a longer one, or name it in `secrets.config.plain` if anybody may see it.",
      exitCode: 78,
    },
  );
}

/** Credentials that a store finds on this side by itself. */
async function ownValues(
  stores: readonly Pick<ResolvedStore<unknown>, "definition" | "config">[],
): Promise<{ readonly [name: string]: string }> {
  const values = await Promise.all(
    stores.map(async ({ definition, config }) => definition.credentialValues?.(config) ?? {}),
  );
  return Object.assign({}, ...values);
}
