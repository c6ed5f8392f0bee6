import { executorBrand, storeBrand } from "@runnable/plugin";

import { importFile, moduleTypeHint } from "../jobs/import-file.ts";
import type { Reporter } from "./reporter.ts";
import { emptyTree, isMap, type Tree, type TreeMap } from "./tree.ts";

/** Imports `runnable.config.ts` and gives its default export; problems stand at the file's beginning, since a module has no positions. */
export async function importConfigModule(file: string, report: Reporter): Promise<TreeMap> {
  const position = { file, line: 1, column: 1 };
  const module = await importIt(file, ({ message, hint }) =>
    report({
      code: "CONFIG_IMPORT_FAILED",
      message: `importing the configuration failed: ${message}`,
      hint: hint ?? "Correct the file; `node` alone shows the same error with its place.",
      position,
    }),
  );
  if (!module) return emptyTree;
  const tree = treeOf(module["default"]);
  if (isMap(tree)) return { ...tree, at: position };
  report({
    code: "CONFIG_NOT_A_MAP",
    message: "the file must export its configuration, an object, as default",
    hint: "Write `export default defineConfig({ … })`.",
    position,
  });
  return emptyTree;
}

async function importIt(
  file: string,
  failed: (problem: { readonly message: string; readonly hint: string | undefined }) => void,
): Promise<{ readonly [name: string]: unknown } | undefined> {
  try {
    return (await importFile(file)) as { readonly [name: string]: unknown };
  } catch (error) {
    const message =
      error instanceof Error ? (error.message.split("\n")[0] ?? "") : "it threw no Error";
    failed({ message, hint: moduleTypeHint(error, file) });
    return undefined;
  }
}

// Plain objects and lists are config; what a factory made, or a function, stays as it is.
function treeOf(value: unknown): Tree {
  if (Array.isArray(value)) return { items: value.map(treeOf) };
  if (!isPlainObject(value) || executorBrand in value || storeBrand in value) return { value };
  const written = Object.entries(value).filter(([, item]) => item !== undefined);
  return { entries: new Map(written.map(([key, item]) => [key, treeOf(item)])) };
}

function isPlainObject(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
