import type { Schema } from "@runnable/plugin";
import * as z from "zod/mini";

/** `job-executor.config` as it is once validated. */
export interface MyPlatformConfig {
  /** URL of the service. */
  readonly api_endpoint: string;
  /** Where the job waits for its turn; default `default`. */
  readonly queue_name: string;
}

/** Schema of `job-executor.config`. */
export const config: Schema<
  { readonly api_endpoint: string; readonly queue_name?: string | undefined },
  MyPlatformConfig
> = z.strictObject({
  api_endpoint: z.url(),
  queue_name: z._default(z.string().check(z.minLength(1)), "default"),
});
