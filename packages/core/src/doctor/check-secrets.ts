import type { HealthFinding } from "@runnable/plugin";

import type { Config } from "../configure/config.ts";
import { readSecretValues, secretNames } from "../prepare/read-secret-values.ts";
import type { Services } from "../resolve/resolved.ts";
import { failedFinding } from "./failed-finding.ts";

/** Secrets that open the stores, or why they are not there. */
export interface CheckedSecrets {
  readonly finding: HealthFinding;
  readonly secrets: { readonly [name: string]: string } | undefined;
}

/** Whether the secrets that open the stores can be read. */
export async function checkSecrets(services: Services, config: Config): Promise<CheckedSecrets> {
  const check = "secrets";
  const names = secretNames(services, []);
  const { type } = services.secrets.section;
  try {
    const secrets = await readSecretValues(services, [], config.projectDirectory);
    const detail =
      names.length === 0 ? `${type}; no store asks for one` : `${type}; has ${names.join(", ")}`;
    return { finding: { check, status: "ok", detail }, secrets };
  } catch (error) {
    return { finding: failedFinding(check, error), secrets: undefined };
  }
}
