import type { PluginsOptions } from "@runnable/core/plugins";

import type { Invocation } from "../arguments/invocation.ts";

/** Where a command asks about plugins. */
export function pluginsOptions(invocation: Invocation): PluginsOptions {
  const configFile = invocation.text("config");
  return {
    cwd: process.cwd(),
    env: process.env,
    ...(configFile !== undefined && { configFile }),
  };
}
