export { explainType, type ExplainedStep, type TypeExplanation } from "./plugins/explain-type.ts";
export { freezePlugins, type FrozenPlugins } from "./plugins/freeze-plugins.ts";
export {
  inspectType,
  type ConfigKey,
  type Inspection,
  type SampleAnswer,
} from "./plugins/inspect-type.ts";
export { listPlugins, type ListedPlugin, type PluginList } from "./plugins/list-plugins.ts";
export type { PluginsOptions } from "./plugins/open-plugins.ts";
export { RunnableError } from "@runnable/plugin";
export { kindWords, type ServiceKind } from "./discover/service-kind.ts";
