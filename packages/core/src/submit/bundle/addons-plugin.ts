import { existsSync } from "node:fs";
import path from "node:path";

import type { Plugin } from "rolldown";

const addonStub = "\0runnable:addon:";

const addonSource = `throw Object.assign(new Error("a native addon is not part of a bundle"), { code: "ERR_DLOPEN_FAILED" });`;

/**
 * A native addon becomes a module that throws, and `addons` gets the files that are there. In place it is loaded from where
 * it lies.
 */
export function addonsPlugin(options: {
  readonly addons: Set<string>;
  readonly inPlace: boolean;
}): Plugin {
  const { addons, inPlace } = options;
  return {
    name: "runnable:addons",
    resolveId: {
      filter: { id: /\.node$/u },
      handler(specifier, importer) {
        if (!/^\.{0,2}\//u.test(specifier)) return undefined;
        const file = path.resolve(path.dirname(importer ?? ""), specifier);
        return existsSync(file) ? undefined : addonStub + file;
      },
    },
    load: {
      filter: { id: /\.node$/u },
      handler(file) {
        if (file.startsWith(addonStub)) return { code: addonSource, moduleType: "js" };
        if (inPlace) return { code: loadAddon(file), moduleType: "js" };
        addons.add(file);
        return { code: addonSource, moduleType: "js" };
      },
    },
  };
}

function loadAddon(file: string): string {
  const name = JSON.stringify(file);
  return `module.exports = process.getBuiltinModule("node:module").createRequire(${name})(${name});`;
}
