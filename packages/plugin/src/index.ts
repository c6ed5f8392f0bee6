export { defineCatalog, type Catalog, type CatalogFile } from "./catalog.ts";
export { defineDirectExecutor, defineRemoteExecutor } from "./define-executor.ts";
export { isRunnableError, RunnableError, type RunnableErrorOptions } from "./error.ts";
export type {
  CancelContext,
  CollectContext,
  DirectContext,
  LeftoversContext,
  Log,
  LogCursor,
  PlaceContext,
  PlanContext,
  PlannedJob,
  PlatformContext,
  RemoteContext,
  RunContext,
  SubmitContext,
} from "./executor-context.ts";
export {
  executorBrand,
  type AnyDirectDefinition,
  type AnyRemoteDefinition,
  type DirectDefinition,
  type Executor,
  type ExecutorFactory,
  type ExecutorKind,
  type HealthFinding,
  type Leftover,
  type RemoteDefinition,
} from "./executor.ts";
export { defineAroundJob, type AroundJob, type AroundJobContext } from "./job-side.ts";
export type { Json, JsonObject } from "./json.ts";
export type {
  EndpointNeed,
  FilesNeed,
  MemoryNeed,
  Need,
  NeedKinds,
  PathNeed,
  Role,
  StoreNeed,
  ValuesNeed,
} from "./need.ts";
export type {
  CatalogEntry,
  Cause,
  Outcome,
  OutcomeError,
  OutcomeStatus,
  PlatformStatus,
  RunState,
} from "./outcome.ts";
export type {
  Command,
  CommandOptions,
  Payload,
  PayloadFile,
  PayloadMode,
  Resources,
} from "./payload.ts";
export type {
  EndpointPlacement,
  EnvironmentPlacement,
  PathPlacement,
  Placed,
  Placement,
  Refusal,
  RelayPlacement,
  Shared,
  StdinPlacement,
} from "./placement.ts";
export { quoteForShell } from "./quote-for-shell.ts";
// All of it: TypeScript lets others add to an interface only where it is not exported by name.
export type * from "./registered-plugins.ts";
export {
  defineRunLogStore,
  type FactKey,
  type FactName,
  type ListedRun,
  type OutputSegment,
  type RunLog,
} from "./run-log.ts";
export type { Schema, SchemaInput, SchemaIssue, SchemaOutput } from "./schema.ts";
export { isSecret, secret } from "./secret.ts";
export { defineSecrets, type Secrets } from "./secrets.ts";
export type { AnyExecutorFactory, AnyStoreFactory, StaticPlugin } from "./static-plugin.ts";
export {
  storeBrand,
  type Store,
  type StoreContext,
  type StoreDefinition,
  type StoreFactory,
  type StoreKind,
} from "./store.ts";
export { withPolicies, type Policy } from "./with-policies.ts";
