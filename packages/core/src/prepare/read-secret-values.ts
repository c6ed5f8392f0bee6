import { RunnableError } from "@runnable/plugin";
import type { ResolvedStore, Services } from "../resolve/resolved.ts";

/** Names of secrets that open a store. */
export function credentialsOf(store: Pick<ResolvedStore<unknown>, "definition" | "config">): readonly string[] {
  return store.definition.credentials?.(store.config) ?? [];
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
 * @throws RunnableError SECRETS_MISSING naming all that are not there, never a value.
 */
export async function readSecretValues(
  services: Pick<Services, "secrets" | "runLog" | "catalog">,
  jobSecrets: readonly string[],
  baseDirectory: string,
): Promise<{ readonly [name: string]: string }> {
  const stores = [services.runLog, services.catalog].flatMap(credentialsOf);
  const names = [...new Set([...jobSecrets, ...stores])];
  if (names.length === 0) return {};
  const { definition, config } = services.secrets;
  const secrets = await definition.open(config, { baseDirectory, credentials: {} });
  const values = await secrets.read(names);
  const missing = names.filter((name) => values[name] === undefined);
  if (missing.length === 0) return values;
  throw new RunnableError("SECRETS_MISSING", `${missing.join(", ")}: not in ${secrets.location}`, {
    hint: `Set ${missing.length === 1 ? "it" : "them"} there, or choose another store in the config's \`secrets\`.`,
    exitCode: 78,
  });
}
