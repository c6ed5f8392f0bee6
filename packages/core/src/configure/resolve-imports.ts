import { statSync } from "node:fs";
import path from "node:path";

import { packageLocator } from "../discover/locate-package.ts";
import { loadTree } from "./load-tree.ts";
import { mergeTrees } from "./merge-trees.ts";
import type { Reporter } from "./reporter.ts";
import { unifySpelling } from "./section-names.ts";
import {
  emptyTree,
  isList,
  isMap,
  leafValue,
  type KeyPath,
  type Tree,
  type TreeMap,
} from "./tree.ts";

const importKey = "$import";

/** Loads a file and everything that it builds upon by `$import`; of several files the later, and at last the file itself, wins. */
export async function loadWithImports(file: string, report: Reporter): Promise<Tree> {
  return await loadFile(file, { chain: [], path: [], report });
}

interface Context {
  /** The files that led here, each importing the next. */
  readonly chain: readonly string[];
  /** Where in the whole configuration the file's content goes. */
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
    const items = await Promise.all(
      tree.items.map((item, index) => resolveWithin(item, below(context, index))),
    );
    return { at: tree.at, items };
  }
  if (!isMap(tree)) return tree;
  const own = new Map<string, Tree>();
  for (const [key, value] of tree.entries) {
    if (key !== importKey) own.set(key, await resolveWithin(value, below(context, key)));
  }
  const written = tree.entries.get(importKey);
  const base = written ? await importedTree(written, context) : emptyTree;
  return mergeTrees(base, { at: tree.at, entries: own }, context.path.length);
}

function below(context: Context, key: string | number): Context {
  return { ...context, path: [...context.path, key] };
}

async function importedTree(written: Tree, context: Context): Promise<Tree> {
  let merged: Tree = emptyTree;
  for (const item of isList(written) ? written.items : [written]) {
    const file = importedFile(item, written, context);
    if (file) merged = mergeTrees(merged, await loadFile(file, context), context.path.length);
  }
  return merged;
}

function importedFile(item: Tree, written: Tree, context: Context): string | undefined {
  const from = context.chain.at(-1) ?? "";
  const problem = (code: string, message: string, hint: string) => {
    const position = item.at ?? written.at;
    context.report({
      code,
      message,
      hint,
      path: [...context.path, importKey],
      ...(position && { position }),
    });
  };
  const name = leafValue(item);
  if (typeof name !== "string" || name === "") {
    problem(
      "CONFIG_VALUE",
      "$import must be a path or a list of paths",
      "Write $import: ./base.yaml.",
    );
    return undefined;
  }
  const file = pathOf(name, path.dirname(from));
  if (!file || !statSync(file, { throwIfNoEntry: false })?.isFile()) {
    problem(
      "CONFIG_IMPORT_NOT_FOUND",
      `there is no file ${name} to import`,
      "A path is relative to the file that names it; a package must be installed.",
    );
    return undefined;
  }
  if (context.chain.includes(file)) {
    const cycle = [...context.chain.slice(context.chain.indexOf(file)), file].map((at) =>
      path.basename(at),
    );
    problem(
      "CONFIG_IMPORT_CYCLE",
      `the imports are a cycle: ${cycle.join(" -> ")}`,
      "Remove one of them.",
    );
    return undefined;
  }
  return file;
}

/** `./base.yaml` beside the importing file, or a file of an installed package: `@acme/x/base.yaml`. */
function pathOf(name: string, directory: string): string | undefined {
  if (name.startsWith(".") || path.isAbsolute(name)) return path.resolve(directory, name);
  const [, packageName, inner] = /^((?:@[^/]+\/)?[^/]+)\/(.+)$/.exec(name) ?? [];
  const located = packageName && packageLocator(directory)(packageName);
  if (located && inner) return path.join(located.directory, inner);
  return path.resolve(directory, name);
}
