import type { StaticPlugin } from "@runnable/plugin";

import type { WrittenConfig } from "./configure/define-config.ts";
import { executeJob } from "./jobs/execute-job.ts";
import { isJob } from "./jobs/is-job.ts";
import type { ExecuteOptions, Job, RunResult } from "./jobs/job.ts";
import { currentLoading } from "./jobs/loading.ts";
import { checkPlugins } from "./resolve/check-plugins.ts";

/** What a program brings. */
export interface HostOptions {
  /** Where all types come from, beside core's own stores. `local` is in `localPlugin` of @runnable/local. */
  readonly plugins: readonly StaticPlugin[];
  /**
   * What `runnable.config.ts` would export. It holds where neither `RUNNABLE_CONFIGURATION_FILE` nor `configurationFile` names a file;
   * without it a file is searched for, as ever.
   */
  readonly configuration?: WrittenConfig;
}

/** Runs jobs with the plugins of one program. */
export interface Host {
  /** As `executeJob` of this package. @throws as that; CONFIG_INVALID for a type that no plugin brings. */
  readonly executeJob: (job: Job, options?: ExecuteOptions) => Promise<RunResult>;
}

/**
 * A host for a program that brings its plugins: nothing is discovered and no package.json is read, so that it may be one bundled
 * file. `plugins` of the configuration is not asked.
 * @throws RunnableError PLUGIN_INVALID when a plugin is not what {@link StaticPlugin} says.
 */
export function createHost(options: HostOptions): Host {
  const { plugins, configuration } = options;
  checkPlugins(plugins);
  return {
    executeJob: async (job, executeOptions = {}) => {
      // A loading wants to know the job, and does not run it.
      if (!isJob(job) || currentLoading()) return executeJob(job, executeOptions);
      const { runJob } = await import("./run-job.ts");
      return runJob({ job, ...executeOptions, plugins, ...(configuration && { configuration }) });
    },
  };
}
