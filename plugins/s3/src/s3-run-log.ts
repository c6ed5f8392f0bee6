import { defineRunLogStore, type RunLog, type StoreFactory } from "@runnable/plugin";

import { s3Place } from "./place/s3-place.ts";
import { storeMethods } from "./place/store-methods.ts";
import { openRunLog } from "./run-log/open-run-log.ts";
import { s3RunLogConfig, type S3RunLogConfig } from "./s3-config.ts";

const placeOf = (config: S3RunLogConfig) => s3Place(config, "run-log-store");

/** Records in a bucket, one object a fact: `<prefix><run_id>/…`. */
const s3RunLog: StoreFactory<typeof s3RunLogConfig, RunLog, "run-log-store"> = defineRunLogStore({
  ...storeMethods("run-log", placeOf),
  config: s3RunLogConfig,
  open: (config, ctx) => openRunLog(placeOf(config), ctx),
});

export default s3RunLog;

declare module "@runnable/plugin" {
  interface RegisteredRunLogStores {
    readonly s3: typeof s3RunLog;
  }
}
