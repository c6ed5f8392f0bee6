import { importFile, moduleTypeHint } from "../jobs/import-file.ts";
import type { Reporter } from "./reporter.ts";
import { treeOfValue } from "./tree-of-value.ts";
import { emptyTree, isMap, type TreeMap } from "./tree.ts";

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
  const tree = treeOfValue(module["default"]);
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
