import { defineCatalog, type Catalog, type StoreFactory } from "@runnable/plugin";

import { openCatalog } from "./catalog/open-catalog.ts";
import { minioCatalogConfig, type MinioCatalogConfig } from "./minio-config.ts";
import { minioPlace } from "./place/minio-place.ts";
import { storeMethods } from "./place/store-methods.ts";

const placeOf = (config: MinioCatalogConfig) => minioPlace(config, "catalog");

/** Files in a bucket by content: `<prefix>.blobs/<2>/<62 hex digits>`, and a manifest for each run. */
const minioCatalog: StoreFactory<typeof minioCatalogConfig, Catalog, "catalog"> = defineCatalog({
  ...storeMethods("catalog", placeOf),
  config: minioCatalogConfig,
  open: (config, ctx) => openCatalog(placeOf(config), config.compute_data_folder, ctx),
});

export default minioCatalog;

declare module "@runnable/plugin" {
  interface RegisteredCatalogs {
    readonly minio: typeof minioCatalog;
  }
}
