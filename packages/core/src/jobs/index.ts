export { defineJob } from "./define-job.ts";
export { executeJob } from "./execute-job.ts";
export type {
  CatalogGet,
  Duration,
  ExecuteOptions,
  Job,
  JobCatalog,
  JobContext,
  Retries,
  RunResult,
} from "./job.ts";
export { scriptJob } from "./script-job.ts";
export { shellJob } from "./shell-job.ts";
