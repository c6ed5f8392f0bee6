export { defineJob } from "./define-job.ts";
export { executeJob } from "./execute-job.ts";
export type {
  CatalogGet,
  Duration,
  ExecuteOptions,
  FunctionJobDefinition,
  Job,
  JobCatalog,
  JobContext,
  Retries,
  RunResult,
  ScriptJobDefinition,
  ShellJobDefinition,
} from "./job.ts";
export { scriptJob } from "./script-job.ts";
export { shellJob } from "./shell-job.ts";
