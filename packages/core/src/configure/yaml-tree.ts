import type { Alias, Document, LineCounter, Node, Pair, YAMLMap } from "yaml";

import type { ConfigProblem, SourcePosition } from "./config.ts";
import { isList, isMap, type Tree, type TreeMap } from "./tree.ts";

/** What the tree of a document is made with. */
export interface YamlSource {
  readonly yaml: typeof import("yaml");
  readonly file: string;
  readonly lines: LineCounter;
}

interface Walk extends YamlSource {
  readonly document: Document.Parsed;
  /** Nodes still allowed: aliases can blow up a small file. */
  left: number;
  problem: ConfigProblem | undefined;
  readonly targets: Map<Alias, Node>;
}

const mostNodes = 100_000;
const deepest = 100;

/** The tree of a document, aliases and merge keys (`<<`) resolved, each value with the position of its key; `root` is `undefined` when there is no content. */
export function yamlTree(
  document: Document.Parsed,
  source: YamlSource,
): { readonly root: Tree | undefined } | { readonly problem: ConfigProblem } {
  if (document.contents === null) return { root: undefined };
  const walk: Walk = {
    ...source,
    document,
    left: mostNodes,
    problem: undefined,
    targets: new Map(),
  };
  const root = placed(treeOf(document.contents, walk, 0), document.contents, walk);
  return walk.problem ? { problem: walk.problem } : { root };
}

function treeOf(node: Node | null, walk: Walk, depth: number): Tree {
  walk.left -= 1;
  if (walk.left < 0 || depth > deepest) {
    return fail("the file is too large or too deep; an alias may contain itself", node, walk);
  }
  const { yaml } = walk;
  if (yaml.isAlias(node)) return aliased(node, walk, depth);
  if (yaml.isMap<Node, Node | null>(node)) return mapOf(node, walk, depth);
  if (yaml.isSeq<Node>(node)) {
    return { items: node.items.map((item) => placed(treeOf(item, walk, depth + 1), item, walk)) };
  }
  return { value: yaml.isScalar(node) ? node.value : null };
}

function mapOf(node: YAMLMap<Node, Node | null>, walk: Walk, depth: number): TreeMap {
  const merged = new Map<string, Tree>();
  const own = new Map<string, Tree>();
  for (const pair of node.items) {
    if (isMergeKey(pair, walk)) {
      for (const [key, value] of mergedEntries(pair.value, walk, depth)) merged.set(key, value);
    } else {
      const key = walk.yaml.isScalar(pair.key) ? String(pair.key.value) : String(pair.key);
      own.set(key, placed(treeOf(pair.value, walk, depth + 1), pair.key, walk));
    }
  }
  return { entries: new Map([...merged, ...own]) };
}

function isMergeKey({ key }: Pair<Node, Node | null>, { yaml }: Walk): boolean {
  return yaml.isScalar(key) && typeof key.value === "symbol";
}

// Of several merged maps the first wins. Source: yaml.org/type/merge.html.
function mergedEntries(node: Node | null, walk: Walk, depth: number): readonly [string, Tree][] {
  const tree = treeOf(node, walk, depth + 1);
  const maps = isList(tree) ? tree.items.toReversed() : [tree];
  return maps.flatMap((map) => (isMap(map) ? [...map.entries] : []));
}

function aliased(node: Alias, walk: Walk, depth: number): Tree {
  // Kept: each look-up walks the document.
  const target = walk.targets.get(node) ?? node.resolve(walk.document);
  if (!target) return fail(`there is no anchor &${node.source} before this alias`, node, walk);
  walk.targets.set(node, target);
  return treeOf(target, walk, depth + 1);
}

// The first fault is kept, and nothing further is walked.
function fail(message: string, node: Node | null, walk: Walk): Tree {
  const position = positionOf(node, walk);
  walk.problem ??= { code: "CONFIG_SYNTAX", message, ...(position && { position }) };
  walk.left = 0;
  return { value: null };
}

function placed(tree: Tree, node: Node | null, walk: Walk): Tree {
  return { ...tree, at: positionOf(node, walk) };
}

function positionOf(node: Node | null, { file, lines }: Walk): SourcePosition | undefined {
  if (!node?.range) return undefined;
  const { line, col } = lines.linePos(node.range[0]);
  return { file, line, column: col };
}
