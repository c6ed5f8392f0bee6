import type { Placed } from "@runnable/plugin";

import type { RelocatedConfig, RelocatedSection } from "../execute/submission.ts";
import type { ResolvedStore, Services } from "../resolve/resolved.ts";
import type { PayloadModule } from "./payload.ts";
import type { PlacedRun } from "./place-run.ts";

/** Stores as the job side opens them, and the modules that must travel for those that are not embedded. */
export interface RelocatedStores {
  readonly sections: Pick<RelocatedConfig, "run-log-store" | "catalog">;
  readonly modules: readonly PayloadModule[];
}

/** A pure function from config to config; a store that is relayed is not over there and so not in it. */
export function relocateStores(services: Services, placedRun: PlacedRun): RelocatedStores {
  const { owner, usesCatalog, catalogRelayed, placed } = placedRun;
  const runLog =
    owner === "relay"
      ? undefined
      : relocate(services.runLog, placed, { role: "run-log", path: "stores/run-log.mjs" });
  const catalog =
    usesCatalog && !catalogRelayed
      ? relocate(services.catalog, placed, { role: "catalog", path: "stores/catalog.mjs" })
      : undefined;
  const inImage = placedRun.mode === "image";
  return {
    sections: {
      ...(runLog ? { "run-log-store": inImage ? bare(runLog.section) : runLog.section } : {}),
      ...(catalog ? { catalog: inImage ? bare(catalog.section) : catalog.section } : {}),
    },
    modules: [runLog, catalog].flatMap((relocated) => relocated?.modules ?? []),
  };
}

function relocate(
  store: ResolvedStore<unknown>,
  placed: readonly Placed[],
  { role, path }: { readonly role: string; readonly path: string },
): { readonly section: RelocatedSection; readonly modules: readonly PayloadModule[] } {
  const own = placed.filter(({ need }) => need.role === role);
  const config = store.definition.relocate(store.config, own);
  const { type } = store.section;
  if (store.embedded) return { section: { type: store.provider.type, config }, modules: [] };
  return {
    section: { type, config, module: path },
    modules: [{ path, entry: store.provider.entry }],
  };
}

// In an image the store's package is installed, and found there as here.
function bare({ type, config }: RelocatedSection): RelocatedSection {
  return { type, config };
}
