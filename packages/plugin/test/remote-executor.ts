import * as z from "zod";

import { defineRemoteExecutor } from "../src/define-executor.ts";
import type { ExecutorFactory, RemoteDefinition } from "../src/executor.ts";

const config = z.strictObject({ queue: z.string().default("short") });

/** What {@link remoteExecutor} makes of a run. */
export type TestDefinition = RemoteDefinition<
  typeof config,
  { queue: string },
  { id: string },
  string
>;

/** A remote executor that does nothing, with some methods of one's own. */
export function remoteExecutor(
  methods: Partial<TestDefinition>,
): ExecutorFactory<typeof config, "remote"> {
  return defineRemoteExecutor<typeof config, { queue: string }, { id: string }, string>({
    config,
    place: () => ({ at: "relay" }),
    plan: ({ config: { queue } }) => ({ queue }),
    submitJob: async () => ({ id: "1" }),
    find: async () => undefined,
    async *observe() {
      yield { state: "ended", exitCode: 0 };
    },
    async *logs() {},
    cancel: async () => {},
    remove: async () => {},
    ...methods,
  });
}
