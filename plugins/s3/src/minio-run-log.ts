import { defineRunLogStore, type RunLog, type StoreFactory } from "@runnable/plugin";

import { minioRunLogConfig, type MinioRunLogConfig } from "./minio-config.ts";
import { minioPlace } from "./place/minio-place.ts";
import { storeMethods } from "./place/store-methods.ts";
import { openRunLog } from "./run-log/open-run-log.ts";

const placeOf = (config: MinioRunLogConfig) => minioPlace(config, "run-log-store");

/** Records in a bucket, one object a fact: `<prefix><run_id>/…`. */
const minioRunLog: StoreFactory<typeof minioRunLogConfig, RunLog, "run-log-store"> =
  defineRunLogStore({
    ...storeMethods("run-log", placeOf),
    config: minioRunLogConfig,
    open: (config, ctx) => openRunLog(placeOf(config), ctx),
  });

export default minioRunLog;

declare module "@runnable/plugin" {
  interface RegisteredRunLogStores {
    readonly minio: typeof minioRunLog;
    readonly "chunked-minio": typeof minioRunLog;
  }
}
