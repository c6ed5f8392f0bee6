import type { Plugin } from "rolldown";
import { prefixRegex } from "rolldown/filter";

import { placeModule, placeSpecifier } from "./place.ts";

/** `runnable:place`: where the bundle lies. `root` is relative to the bundle's directory. */
export function placePlugin(root: string): Plugin {
  const placeId = `\0${placeSpecifier}`;
  return {
    name: placeSpecifier,
    resolveId: { filter: { id: prefixRegex(placeSpecifier) }, handler: () => placeId },
    load: { filter: { id: prefixRegex(placeId) }, handler: () => placeModule(root) },
  };
}
