import type { StaticPlugin } from "@runnable/plugin";

import manifest from "../package.json" with { type: "json" };
import minioCatalog from "./minio-catalog.ts";
import minioRunLog from "./minio-run-log.ts";
import s3Catalog from "./s3-catalog.ts";
import s3RunLog from "./s3-run-log.ts";

/** This package as a value, for `createHost({ plugins: [s3Plugin] })`: run log and catalog of the types `s3` and `minio`. */
export const s3Plugin: StaticPlugin = {
  package: manifest.name,
  version: manifest.version,
  "run-log-stores": { s3: s3RunLog, minio: minioRunLog, "chunked-minio": minioRunLog },
  catalogs: { s3: s3Catalog, minio: minioCatalog },
};
