import type { PrepareMeans } from "./prepare/prepare-run.ts";
import { readSecretValues } from "./prepare/read-secret-values.ts";

/** How a run that is really to be done is prepared. The bundler is loaded only for a job file that needs it. */
export const runMeans: PrepareMeans = {
  secrets: readSecretValues,
  bundle: async (options) => {
    const { bundleModule } = await import("./submit/bundle-module.ts");
    return bundleModule({ ...options, runs: "in-place" });
  },
};
