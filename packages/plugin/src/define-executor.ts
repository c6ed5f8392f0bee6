import {
  executorBrand,
  type DirectDefinition,
  type ExecutorFactory,
  type ExecutorKind,
  type RemoteDefinition,
} from "./executor.ts";
import type { Json } from "./json.ts";
import type { Schema } from "./schema.ts";

/** A factory of executors that run the job in this process. */
export function defineDirectExecutor<S extends Schema>(
  definition: DirectDefinition<S>,
): ExecutorFactory<S, "direct"> {
  return factoryOf("direct", definition);
}

/** A factory of executors that hand a command to a platform. The plan `P` and the handle `H` must be JSON and are inferred. */
export function defineRemoteExecutor<
  S extends Schema,
  P extends Json,
  H extends Json,
  C = undefined,
>(definition: RemoteDefinition<S, P, H, C>): ExecutorFactory<S, "remote"> {
  return factoryOf("remote", definition);
}

function factoryOf<S extends Schema, K extends ExecutorKind>(
  kind: K,
  definition: object,
): ExecutorFactory<S, K> {
  const frozen = Object.freeze({ ...definition });
  const factory = (config?: unknown) =>
    Object.freeze({ [executorBrand]: 1, kind, definition: frozen, config: config ?? {} });
  const branded = Object.assign(factory, { [executorBrand]: 1, kind, definition: frozen });
  return Object.freeze(branded) as unknown as ExecutorFactory<S, K>;
}
