import type { StaticPlugin } from "@runnable/plugin";

import manifest from "../package.json" with { type: "json" };
import emulator from "./emulator.ts";
import local from "./local.ts";

/** This package as a value, for `createHost({ plugins: [localPlugin] })`: the executors `local` and `emulator`. */
export const localPlugin: StaticPlugin = {
  package: manifest.name,
  version: manifest.version,
  executors: { local, emulator },
};
