import type { Alias, Document, LineCounter, Node, Pair, YAMLError, YAMLMap } from "yaml";

import type { SourcePosition } from "./config.ts";
import type { Reporter } from "./reporter.ts";
import { emptyTree, isList, isMap, type Tree, type TreeMap } from "./tree.ts";
import { describeYamlError } from "./yaml-error.ts";

type Yaml = typeof import("yaml");

interface Source {
  readonly yaml: Yaml;
  readonly document: Document.Parsed;
  readonly file: string;
  readonly lines: LineCounter;
  readonly report: Reporter;
  /** Nodes still allowed: aliases can blow up a small file. */
  readonly budget: { left: number };
}

const mostNodes = 100_000;
const deepest = 100;

/** Parses a config file's text (YAML 1.2, anchors and merge keys included). What is wrong goes to `report`; the tree is then empty. */
export async function parseYaml(text: string, file: string, report: Reporter): Promise<TreeMap> {
  const yaml = await import("yaml");
  const lines = new yaml.LineCounter();
  const document = yaml.parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    merge: true,
  });
  const wrong = [...document.errors, ...document.warnings];
  for (const error of wrong) reportSyntax(error, { file, lines, report });
  if (wrong.length > 0 || document.contents === null) return emptyTree;

  const source: Source = { yaml, document, file, lines, report, budget: { left: mostNodes } };
  const root = treeOf(document.contents, source, 0);
  if (isMap(root)) return root;
  if ("value" in root && root.value === null) return emptyTree;
  const position = positionOf(document.contents, source);
  report({
    code: "CONFIG_NOT_A_MAP",
    message: `the file must hold sections, got ${isList(root) ? "a list" : "a single value"}`,
    hint: "Begin with a section, for example `job-executor:`.",
    ...(position && { position }),
  });
  return emptyTree;
}

function reportSyntax(
  error: YAMLError,
  { file, lines, report }: Pick<Source, "file" | "lines" | "report">,
): void {
  const { line, col } = lines.linePos(error.pos[0]);
  report({
    code: "CONFIG_SYNTAX",
    ...describeYamlError(error.code),
    position: { file, line, column: col },
  });
}

function treeOf(node: Node | null, source: Source, depth: number): Tree {
  if (--source.budget.left < 0 || depth > deepest) {
    if (source.budget.left > -mostNodes) reportTooLarge(node, source);
    source.budget.left = -mostNodes;
    return { value: null };
  }
  const { yaml } = source;
  if (yaml.isAlias(node)) return aliased(node, source, depth);
  if (yaml.isMap<Node, Node | null>(node)) return mapOf(node, source, depth);
  if (yaml.isSeq<Node>(node)) {
    const items = node.items.map((item) => at(treeOf(item, source, depth + 1), item, source));
    return { items };
  }
  return { value: yaml.isScalar(node) ? scalarValue(node.value) : null };
}

function aliased(node: Alias, source: Source, depth: number): Tree {
  const target = node.resolve(source.document);
  if (target) return treeOf(target, source, depth + 1);
  const position = positionOf(node, source);
  source.report({
    code: "CONFIG_SYNTAX",
    message: `there is no anchor &${node.source} before this alias`,
    ...(position && { position }),
  });
  return { value: null };
}

function mapOf(node: YAMLMap<Node, Node | null>, source: Source, depth: number): TreeMap {
  const merged = new Map<string, Tree>();
  const own = new Map<string, Tree>();
  for (const pair of node.items) {
    if (isMergeKey(pair, source)) {
      for (const [key, value] of mergedEntries(pair.value, source, depth)) merged.set(key, value);
    } else {
      const key = source.yaml.isScalar(pair.key) ? String(pair.key.value) : String(pair.key);
      own.set(key, at(treeOf(pair.value, source, depth + 1), pair.key, source));
    }
  }
  return { entries: new Map([...merged, ...own]) };
}

function isMergeKey({ key }: Pair<Node, Node | null>, { yaml }: Source): boolean {
  return yaml.isScalar(key) && typeof key.value === "symbol";
}

// Of several merged maps the first wins. Source: yaml.org/type/merge.html.
function mergedEntries(
  node: Node | null,
  source: Source,
  depth: number,
): readonly [string, Tree][] {
  const tree = treeOf(node, source, depth + 1);
  const maps = isList(tree) ? tree.items.toReversed() : [tree];
  return maps.flatMap((map) => (isMap(map) ? [...map.entries] : []));
}

// YAML has numbers beyond JSON's; dates stay text, as the core schema of YAML 1.2 has none.
function scalarValue(value: unknown): unknown {
  return typeof value === "bigint" ? Number(value) : value;
}

function at(tree: Tree, node: Node | null, source: Source): Tree {
  return { ...tree, at: positionOf(node, source) };
}

function positionOf(node: Node | null, { file, lines }: Source): SourcePosition | undefined {
  if (!node?.range) return undefined;
  const { line, col } = lines.linePos(node.range[0]);
  return { file, line, column: col };
}

function reportTooLarge(node: Node | null, source: Source): void {
  const position = positionOf(node, source);
  source.report({
    code: "CONFIG_SYNTAX",
    message: "the file is too large or too deep; an alias may contain itself",
    ...(position && { position }),
  });
}
