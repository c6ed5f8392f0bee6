import { basename, dirname } from "node:path";

import { importedFile } from "./import-path.ts";
import { loadTree } from "./load-tree.ts";
import { mergeTrees } from "./merge-trees.ts";
import type { Reporter } from "./reporter.ts";
import { emptyTree, isList, isMap, leafValue, type KeyPath, type Tree } from "./tree.ts";
import { unifySpelling } from "./unify-spelling.ts";

const importKey = "$import";

/** Loads a file and everything that it builds upon by `$import`; of several files the later, and at last the file itself, wins. */
export async function loadWithImports(file: string, report: Reporter): Promise<Tree> {
  return await loadFile(file, { chain: [], path: [], report });
}

interface Context {
  /** The files that led here, each importing the next. */
  readonly chain: readonly string[];
  /** Where in the whole configuration the content goes. */
  readonly path: KeyPath;
  readonly report: Reporter;
}

async function loadFile(file: string, context: Context): Promise<Tree> {
  const loaded = await loadTree(file, context.report);
  const tree = context.path.length === 0 ? unifySpelling(loaded, context.report) : loaded;
  return await resolveWithin(tree, { ...context, chain: [...context.chain, file] });
}

async function resolveWithin(tree: Tree, context: Context): Promise<Tree> {
  if (isList(tree)) {
    const items = tree.items.map((item, index) => resolveWithin(item, below(context, index)));
    return { at: tree.at, items: await Promise.all(items) };
  }
  if (!isMap(tree)) return tree;
  const own = new Map<string, Tree>();
  for (const [key, value] of tree.entries) {
    if (key !== importKey) own.set(key, await resolveWithin(value, below(context, key)));
  }
  const base = await importedTree(tree.entries.get(importKey), context);
  return mergeTrees(base, { at: tree.at, entries: own }, context.path.length);
}

function below(context: Context, key: string | number): Context {
  return { ...context, path: [...context.path, key] };
}

async function importedTree(written: Tree | undefined, context: Context): Promise<Tree> {
  if (written === undefined) return emptyTree;
  let merged: Tree = emptyTree;
  for (const item of isList(written) ? written.items : [written]) {
    const file = checkedFile({ ...item, at: item.at ?? written.at }, context);
    if (file === undefined) continue;
    merged = mergeTrees(merged, await loadFile(file, context), context.path.length);
  }
  return merged;
}

function checkedFile(item: Tree, { chain, path, report }: Context): string | undefined {
  const problem = (code: string, message: string, hint: string) =>
    report({
      code,
      message,
      hint,
      path: [...path, importKey],
      ...(item.at && { position: item.at }),
    });
  const name = leafValue(item);
  if (typeof name !== "string" || name === "") {
    const message = "$import must be a path or a list of paths";
    problem("CONFIG_VALUE", message, "Write $import: ./base.yaml.");
    return undefined;
  }
  const file = importedFile(name, dirname(chain.at(-1) ?? ""));
  if (file === undefined) {
    const hint = "A path is relative to the file that names it; a package must be installed.";
    problem("CONFIG_IMPORT_NOT_FOUND", `there is no file ${name} to import`, hint);
    return undefined;
  }
  if (!chain.includes(file)) return file;
  const cycle = [...chain.slice(chain.indexOf(file)), file].map((at) => basename(at));
  problem("CONFIG_IMPORT_CYCLE", `the imports are a cycle: ${cycle.join(" -> ")}`, "Remove one.");
  return undefined;
}
