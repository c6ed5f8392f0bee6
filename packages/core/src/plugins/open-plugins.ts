import path from "node:path";

import type { Config } from "../configure/config.ts";
import { readConfig } from "../configure/read-config.ts";
import { configError } from "../configure/report.ts";
import { createDiscovery, type Discovery } from "../discover/discovery.ts";
import { isFileType } from "../discover/is-file-type.ts";
import type { Trail } from "../discover/trail.ts";

/** Where a question about plugins is asked. */
export interface PluginsOptions {
  /** Absolute. */
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** `--config`: its `plugins` hold. */
  readonly configFile?: string;
}

/** A project's configuration, for what it says of plugins. */
export interface OpenedPlugins {
  readonly config: Config;
  readonly discover: (trail?: Trail) => Discovery;
  /** A type as it was typed, for discovery: a path on a command line is relative to the working directory. */
  readonly typed: (type: string) => string;
  /** What keeps the configuration from being read, for people. */
  readonly notes: readonly string[];
}

/**
 * Reads the configuration as far as its `plugins` need it: whatever else is wrong with it is no concern here.
 * @throws RunnableError CONFIG_INVALID when `configFile` is not there.
 */
export async function openPlugins(
  options: PluginsOptions,
  executor?: string,
): Promise<OpenedPlugins> {
  const { cwd, env, configFile } = options;
  const config = await readConfig({
    cwd,
    env,
    ...(configFile !== undefined && { file: configFile }),
    ...(executor !== undefined && { executor }),
  });
  const absent = config.problems.filter(({ code }) => code === "CONFIG_FILE_NOT_FOUND");
  if (absent.length > 0) throw configError(absent, cwd);
  const { projectDirectory, plugins, problems } = config;
  return {
    config,
    discover: (trail) => createDiscovery({ projectDirectory, ...plugins, ...(trail && { trail }) }),
    typed: (type) => (isFileType(type) ? below(projectDirectory, path.resolve(cwd, type)) : type),
    notes: problems.some(isAboutPlugins)
      ? [
          "the configuration has problems, so that its `plugins` may not hold here; `runnable config check` tells them",
        ]
      : [],
  };
}

function below(directory: string, file: string): string {
  const relative = path.relative(directory, file);
  return relative.startsWith("..") ? relative : `./${relative}`;
}

function isAboutPlugins({ code, path: keys }: Config["problems"][number]): boolean {
  return keys?.[0] === "plugins" || code === "CONFIG_SYNTAX" || code.startsWith("CONFIG_IMPORT");
}
