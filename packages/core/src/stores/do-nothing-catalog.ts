import { defineCatalog, type Catalog, type Schema, type StoreFactory } from "@runnable/plugin";
import * as z from "zod/mini";

/** `catalog.config` of do-nothing. */
export interface DoNothingCatalogConfig {
  /** Folder that patterns are relative to, itself relative to the working directory. Default `.`. */
  readonly compute_data_folder: string;
}

/** Schema of {@link DoNothingCatalogConfig}. */
export const doNothingCatalogConfig: Schema<
  { readonly compute_data_folder?: string | undefined },
  DoNothingCatalogConfig
> = z.strictObject({
  compute_data_folder: z._default(z.string().check(z.minLength(1)), "."),
});

/** A catalog that keeps nothing, not even digests. */
const doNothingCatalog: StoreFactory<typeof doNothingCatalogConfig, Catalog, "catalog"> =
  defineCatalog({
    config: doNothingCatalogConfig,
    needs: () => [],
    relocate: (config) => ({ ...config }),
    open: ({ compute_data_folder }) => ({
      location: "nowhere",
      dataFolder: compute_data_folder,
      ownPaths: [],
      put: async () => [],
      list: async () => [],
      get: async () => undefined,
      storeId: async () => undefined,
    }),
  });

export default doNothingCatalog;
