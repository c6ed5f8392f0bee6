import { defineCatalog, type Catalog, type StoreFactory } from "@runnable/plugin";

import { openCatalog } from "./catalog/open-catalog.ts";
import { s3Place } from "./place/s3-place.ts";
import { storeMethods } from "./place/store-methods.ts";
import { s3CatalogConfig, type S3CatalogConfig } from "./s3-config.ts";

const placeOf = (config: S3CatalogConfig) => s3Place(config, "catalog");

/** Files in a bucket by content: `<prefix>.blobs/<2>/<62 hex digits>`, and a manifest for each run. */
const s3Catalog: StoreFactory<typeof s3CatalogConfig, Catalog, "catalog"> = defineCatalog({
  ...storeMethods("catalog", placeOf),
  config: s3CatalogConfig,
  open: (config, ctx) => openCatalog(placeOf(config), config.compute_data_folder, ctx),
});

export default s3Catalog;

declare module "@runnable/plugin" {
  interface RegisteredCatalogs {
    readonly s3: typeof s3Catalog;
  }
}
