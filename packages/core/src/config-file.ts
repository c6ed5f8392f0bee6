export {
  checkConfig,
  type CheckConfigOptions,
  type CheckedService,
  type ConfigCheck,
} from "./config-file/check-config.ts";
export {
  composeConfigSchema,
  type ComposedConfigSchema,
  type ComposeSchemaOptions,
} from "./config-file/compose-schema.ts";
export type { ConfigProblem, SourcePosition } from "./configure/config.ts";
export { configFileNames } from "./configure/find-config-file.ts";
export { formatProblems } from "./configure/report.ts";
export { RunnableError } from "@runnable/plugin";
