import type { Plugin } from "rolldown";

/** Who imports a module, statically or not. */
export type Importers = ReadonlyMap<string, readonly string[]>;

/** Fills in who imports whom. */
export function importersPlugin(importers: Map<string, readonly string[]>): Plugin {
  return {
    name: "runnable:importers",
    buildEnd() {
      for (const file of this.getModuleIds()) {
        const info = this.getModuleInfo(file);
        importers.set(file, [...(info?.importers ?? []), ...(info?.dynamicImporters ?? [])]);
      }
    },
  };
}
