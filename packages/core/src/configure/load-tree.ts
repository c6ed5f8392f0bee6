import path from "node:path";

import { importConfigModule } from "./import-config-module.ts";
import { parseYaml } from "./parse-yaml.ts";
import type { Reporter } from "./reporter.ts";
import { emptyTree, type TreeMap } from "./tree.ts";

/** Loads one file by cosmiconfig: modules by `import`, everything else as YAML, of which JSON is a part. `$import` is not looked at. */
export async function loadTree(file: string, report: Reporter): Promise<TreeMap> {
  const { cosmiconfig } = await import("cosmiconfig");
  // In a wrapper, so that cosmiconfig does not see `$import`: it would lose the positions.
  const text = async (_: string, content: string) => ({
    tree: await parseYaml(content, file, report),
  });
  const module = async () => ({ tree: await importConfigModule(file, report) });
  const explorer = cosmiconfig("runnable", {
    cache: false,
    searchPlaces: [path.basename(file)],
    loaders: {
      ".yaml": text,
      ".yml": text,
      ".json": text,
      noExt: text,
      default: text,
      ".ts": module,
      ".mts": module,
      ".js": module,
      ".mjs": module,
      ".cjs": module,
      ".cts": module,
    },
  });
  const loaded = (await explorer.load(file)) as {
    readonly config?: { readonly tree: TreeMap };
  } | null;
  return loaded?.config?.tree ?? emptyTree;
}
