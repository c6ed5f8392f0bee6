import {
  defineDirectExecutor,
  type DirectDefinition,
  type ExecutorFactory,
  type Schema,
} from "@runnable/plugin";
import * as z from "zod/mini";

import { processExecutor } from "./process-executor.ts";

/** `job-executor.config` of `local`. */
export interface LocalConfig {
  /** Run the job in a process of its own under a supervisor, in an empty working directory with just its declared files. A timeout, retries and `--detach` imply it. Default false. */
  readonly isolated: boolean;
  /** Record the run as succeeded and run nothing. Default false. */
  readonly mock: boolean;
}

/** What may be written. */
export type LocalInput = { readonly [key in keyof LocalConfig]?: LocalConfig[key] | undefined };

const config: Schema<LocalInput, LocalConfig> = z.strictObject({
  isolated: z._default(z.boolean(), false),
  mock: z._default(z.boolean(), false),
});

const definition: DirectDefinition<typeof config> = {
  config,
  mock: ({ mock }) => mock,
  executeJob: (ctx) => ctx.run(),
  supervised: { executor: processExecutor, config: () => ({}), always: ({ isolated }) => isolated },
};

/** Runs the job in this process, or under a supervisor on this machine. */
const local: ExecutorFactory<typeof config, "direct"> = defineDirectExecutor(definition);

export default local;

declare module "@runnable/plugin" {
  interface RegisteredExecutors {
    readonly local: typeof local;
  }
}
