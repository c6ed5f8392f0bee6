import {
  RunnableError,
  type Catalog,
  type RunLog,
  type Schema,
  type StoreDefinition,
} from "@runnable/plugin";

import type { SectionName } from "../configure/config.ts";
import { createDiscovery } from "../discover/discovery.ts";
import type { JobSideStores, OpenContext } from "../execute/job-side-stores.ts";
import type { RelocatedSection } from "../execute/submission.ts";
import { importDefinition } from "../resolve/import-definition.ts";
import { validateConfig } from "../resolve/validate-config.ts";

/** Stores by their packages, found from a directory as everywhere. @throws RunnableError STORE_NOT_FOUND, CONFIG_INVALID. */
export function installedStores(projectDirectory: string): JobSideStores {
  const discovery = createDiscovery({ projectDirectory, packages: [], allow: undefined });

  async function open<T>(
    kind: SectionName,
    { type, config }: RelocatedSection,
    { root, secrets }: OpenContext,
  ): Promise<T> {
    const found = discovery.find(kind, type);
    if ("finding" in found) {
      throw refused("STORE_NOT_FOUND", found.finding.message, found.finding.hint);
    }
    const imported = await importDefinition(found.candidate);
    if ("code" in imported) throw refused("STORE_NOT_FOUND", imported.message, imported.hint);
    // Its kind was checked against the section's, and a kind has one contract.
    const definition = imported.definition as StoreDefinition<Schema, T>;
    const validated = await validateConfig(definition.config, config, type);
    if ("findings" in validated) {
      throw refused(
        "CONFIG_INVALID",
        validated.findings.map(({ message }) => message).join("; "),
        undefined,
      );
    }
    const names = definition.credentials?.(validated.value) ?? [];
    const credentials = Object.fromEntries(names.map((name) => [name, secrets[name] ?? ""]));
    return definition.open(validated.value, { baseDirectory: root, credentials });
  }

  return {
    openRunLog: (section, ctx) => open<RunLog>("run-log-store", section, ctx),
    openCatalog: (section, ctx) => open<Catalog>("catalog", section, ctx),
  };
}

function refused(code: string, message: string, hint: string | undefined): RunnableError {
  return new RunnableError(code, message, {
    exitCode: 78,
    ...(hint === undefined ? {} : { hint }),
  });
}
