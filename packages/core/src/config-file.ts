export {
  composeConfigSchema,
  type ComposedConfigSchema,
  type ComposeSchemaOptions,
} from "./config-file/compose-schema.ts";
export { RunnableError } from "@runnable/plugin";
