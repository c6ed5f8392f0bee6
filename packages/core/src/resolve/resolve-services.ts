import type { Catalog, Executor, RunLog, Schema, Secrets, StoreDefinition } from "@runnable/plugin";

import type { Config } from "../configure/config.ts";
import { createDiscovery } from "../discover/discovery.ts";
import { resolveService, type ResolvedService, type ServiceResult } from "./resolve-service.ts";
import type { Resolution, ResolvedExecutor, ResolvedStore } from "./resolved.ts";

/**
 * Finds, imports and configures the four services of a configuration. All that is wrong, the configuration's own problems
 * included, comes back at once; nothing is thrown for it. Of the packages only the modules of the four are imported.
 */
export async function resolveServices(
  config: Config,
  overrides: { readonly executor?: Executor } = {},
): Promise<Resolution> {
  const { projectDirectory, plugins } = config;
  const discovery = createDiscovery({ projectDirectory, ...plugins });
  const [executor, runLog, catalog, secrets] = await Promise.all([
    resolveService({ config, discovery, name: "job-executor", instance: overrides.executor }),
    resolveService({ config, discovery, name: "run-log-store", instance: undefined }),
    resolveService({ config, discovery, name: "catalog", instance: undefined }),
    resolveService({ config, discovery, name: "secrets", instance: undefined }),
  ]);
  if ("service" in executor && "service" in runLog && "service" in catalog && "service" in secrets && config.problems.length === 0) {
    return {
      services: {
        executor: executorOf(executor.service),
        runLog: storeOf<RunLog>(runLog.service),
        catalog: storeOf<Catalog>(catalog.service),
        secrets: storeOf<Secrets>(secrets.service),
      },
      warnings: [executor, runLog, catalog, secrets].flatMap((result) => result.warnings),
    };
  }
  const results: readonly ServiceResult[] = [executor, runLog, catalog, secrets];
  return {
    services: undefined,
    problems: [...config.problems, ...results.flatMap((result) => ("problems" in result ? result.problems : []))],
  };
}

function executorOf({ provider, section, config, definition }: ResolvedService): ResolvedExecutor {
  if (definition.service !== "job-executor") throw new Error(`${definition.service} is no executor`);
  const common = { provider, section, config };
  return definition.kind === "direct"
    ? { ...common, kind: "direct", definition: definition.definition }
    : { ...common, kind: "remote", definition: definition.definition };
}

function storeOf<T>({ definition, ...service }: ResolvedService): ResolvedStore<T> {
  // Its kind was checked against the section's, and a kind has one contract.
  return { ...service, definition: definition.definition as StoreDefinition<Schema, T> };
}
