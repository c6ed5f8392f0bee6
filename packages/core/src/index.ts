export { defineConfig, type WrittenConfig } from "./configure/define-config.ts";
export { createHost, type Host, type HostOptions } from "./create-host.ts";
export {
  defineJob,
  executeJob,
  scriptJob,
  shellJob,
  type CatalogGet,
  type Duration,
  type ExecuteOptions,
  type FunctionJobDefinition,
  type Job,
  type JobCatalog,
  type JobContext,
  type Retries,
  type RunResult,
  type ScriptJobDefinition,
  type ShellJobDefinition,
} from "./jobs/index.ts";
export type { CatalogEntry, Cause, Outcome, OutcomeStatus, StaticPlugin } from "@runnable/plugin";
