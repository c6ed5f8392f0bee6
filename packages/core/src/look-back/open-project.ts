import type { Catalog, RunLog } from "@runnable/plugin";

import type { Config } from "../configure/config.ts";
import { readConfig } from "../configure/read-config.ts";
import { configError } from "../configure/report.ts";
import { readSecretValues } from "../prepare/read-secret-values.ts";
import { resolveServices } from "../resolve/resolve-services.ts";
import type { Services } from "../resolve/resolved.ts";
import { openJournal, type Journal } from "../submit/journal.ts";
import { closeStores, openStore } from "../submit/open-stores.ts";

/** What a person names when they look back. */
export interface ProjectOptions {
  /** `--config`. */
  readonly configFile?: string;
  /** `--executor` of the run that is looked at. */
  readonly executor?: string;
}

/** A project's records on this side. */
export interface Project extends AsyncDisposable {
  readonly config: Config;
  readonly services: Services;
  readonly runLog: RunLog;
  readonly journal: Journal;
  readonly openCatalog: () => Promise<Catalog>;
}

/** @throws RunnableError CONFIG_INVALID, SECRETS_MISSING (of secrets that open the stores). */
export async function openProject(options: ProjectOptions): Promise<Project> {
  const cwd = process.cwd();
  const config = await readConfig({
    cwd,
    env: process.env,
    ...(options.configFile === undefined ? {} : { file: options.configFile }),
    ...(options.executor === undefined ? {} : { executor: options.executor }),
  });
  const resolution = await resolveServices(config);
  if (!resolution.services) throw configError(resolution.problems, cwd);
  const { services } = resolution;
  const secrets = await readSecretValues(services, [], config.projectDirectory);
  const runLog = await openStore(services.runLog, { config, secrets });
  const opened: { catalog?: Promise<Catalog> } = {};
  return {
    config,
    services,
    runLog,
    journal: openJournal(config.projectDirectory),
    openCatalog: () => (opened.catalog ??= openStore(services.catalog, { config, secrets })),
    [Symbol.asyncDispose]: async () => closeStores({ runLog, catalog: await opened.catalog }),
  };
}
