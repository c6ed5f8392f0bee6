import type { Catalog, RunLog } from "@runnable/plugin";

import type { Config } from "../configure/config.ts";
import { readConfig } from "../configure/read-config.ts";
import { configError } from "../configure/report.ts";
import { credentialsOf, readSecretValues } from "../prepare/read-secret-values.ts";
import { resolveRunLog, resolveServices } from "../resolve/resolve-services.ts";
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

/** A project's records on this side. Only the run log is opened at once: most looks back need no more. */
export interface Project extends AsyncDisposable {
  readonly config: Config;
  readonly runLog: RunLog;
  readonly journal: Journal;
  /** @throws RunnableError CONFIG_INVALID with all that is wrong. */
  readonly services: () => Promise<Services>;
  readonly openCatalog: () => Promise<Catalog>;
}

/** @throws RunnableError CONFIG_INVALID, SECRETS_MISSING (of secrets that open the run log). */
export async function openProject(options: ProjectOptions): Promise<Project> {
  const cwd = process.cwd();
  const config = await readConfig({
    cwd,
    env: process.env,
    ...(options.configFile === undefined ? {} : { file: options.configFile }),
    ...(options.executor === undefined ? {} : { executor: options.executor }),
  });
  const resolution = await resolveRunLog(config);
  if (!resolution.store) throw configError(resolution.problems, cwd);
  const services = once(() => allServices(config, cwd));
  const secrets = once(async () => readSecretValues(await services(), [], config.projectDirectory));
  const { store } = resolution;
  const own = (await store.definition.credentialValues?.(store.config)) ?? {};
  const opensByItself = credentialsOf(store).every((name) => name in own);
  // Else the secrets store is asked, for which all services are found.
  const runLog = await openStore(store, { config, secrets: opensByItself ? own : await secrets() });
  const opened: { catalog?: Promise<Catalog> } = {};
  const openCatalog = async () => {
    const { catalog } = await services();
    return openStore(catalog, { config, secrets: await secrets() });
  };
  return {
    config,
    runLog,
    services,
    journal: openJournal(config.projectDirectory),
    openCatalog: () => (opened.catalog ??= openCatalog()),
    [Symbol.asyncDispose]: async () => closeStores({ runLog, catalog: await opened.catalog }),
  };
}

async function allServices(config: Config, cwd: string): Promise<Services> {
  const resolution = await resolveServices(config);
  if (!resolution.services) throw configError(resolution.problems, cwd);
  return resolution.services;
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}
