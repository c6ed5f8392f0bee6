import type { Reporter } from "./reporter.ts";
import { rootKeys } from "./section-names.ts";
import type { Tree, TreeMap } from "./tree.ts";

/** Spells the sections with `-`; upstream allows `_` too. Two spellings of one section are a problem. */
export function unifySpelling(tree: TreeMap, report: Reporter): TreeMap {
  const entries = new Map<string, Tree>();
  for (const [key, value] of tree.entries) {
    const dashed = key.replaceAll("_", "-");
    const name = rootKeys.includes(dashed) ? dashed : key;
    if (entries.has(name)) {
      report({
        code: "CONFIG_DUPLICATE_SECTION",
        message: `the section ${name} stands here twice, once with - and once with _`,
        hint: "Keep one of them.",
        path: [key],
        ...(value.at && { position: value.at }),
      });
    }
    entries.set(name, value);
  }
  return { at: tree.at, entries };
}
