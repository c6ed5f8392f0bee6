import path from "node:path";
import { fileURLToPath } from "node:url";

import type { ESTree } from "rolldown/utils";

import { assetKind, filesBelow } from "./assets.ts";
import { codeLoad, isCreateRequire, type CodeLoad } from "./code-load.ts";
import {
  evaluate,
  isResolver,
  staticPrefix,
  type ModuleScope,
  type StaticValue,
} from "./evaluate.ts";
import { findingAt, type BundleFinding, type FindingKind } from "./finding.ts";
import type { Candidate, ModuleSyntax } from "./module-syntax.ts";
import { placeExpression, placePrelude, type PlaceKind } from "./place.ts";

/** A module, parsed. */
export interface ParsedModule {
  /** Absolute. */
  readonly file: string;
  readonly code: string;
  readonly syntax: ModuleSyntax;
}

/** What the bundle of a module must carry beside its imports. */
export interface ModuleScan {
  /** The module with its places made relative to the bundle; undefined when nothing is to change. */
  readonly code: string | undefined;
  /** Absolute paths of files that it names. */
  readonly files: readonly string[];
  /** Absolute paths of modules that it starts by path: workers. */
  readonly modules: readonly string[];
  readonly findings: readonly BundleFinding[];
}

/** What is found, and the nodes that need no further look. */
interface Scan {
  readonly module: ParsedModule;
  readonly inPlace: boolean;
  readonly scope: ModuleScope;
  readonly edits: { readonly start: number; readonly end: number; readonly text: string }[];
  readonly files: Set<string>;
  readonly modules: Set<string>;
  readonly findings: BundleFinding[];
  readonly seen: ESTree.Node[];
}

/**
 * Finds what a module reaches by its own place, and the code that it loads in ways that a bundle can't follow. A bundle that
 * is made to run in place (`inPlace`) loads such code as the module would.
 */
export function scanModule(module: ParsedModule, inPlace: boolean): ModuleScan {
  const scan: Scan = {
    module,
    inPlace,
    scope: { file: module.file, constants: module.syntax.constants },
    edits: [],
    files: new Set(),
    modules: new Set(),
    findings: [],
    seen: [],
  };
  for (const node of module.syntax.candidates) {
    if (!isWithin(node, scan.seen)) visit(node, scan);
  }
  for (const node of module.syntax.candidates) renamePlace(node, scan);
  for (const { name, value } of module.syntax.constants.values()) {
    // A `require` of its own would hide the bundler's, which follows it.
    const isRequire = module.code.slice(name.start, name.end) === "require";
    if (isRequire && isCreateRequire(value)) replace(name, "__runnable_require", scan);
  }
  return {
    code: rewrite(scan),
    files: [...scan.files],
    modules: [...scan.modules],
    findings: scan.findings,
  };
}

function visit(node: Candidate, scan: Scan): void {
  const load = codeLoad(node, scan.module.syntax, scan.module.code);
  if (load !== undefined) visitLoad(node, load, scan);
  if (isWithin(node, scan.seen)) return;
  const value = evaluate(node, scan.scope);
  if (value?.located === true) visitPlace(node, value, scan);
  else if (value === undefined) visitPrefix(node, scan);
}

function visitLoad(node: Candidate, load: CodeLoad, scan: Scan): void {
  if (load.by === "addon") return note("addon", node, scan);
  const value = evaluate(load.argument, scan.scope);
  if (load.by === "worker" || load.by === "fork") {
    if (value?.located === true) return visitWorker(load.argument, value, scan);
    if (value === undefined && load.by === "worker") note("worker", node, scan);
    return;
  }
  if (value === undefined)
    return scan.inPlace ? loadInPlace(load, scan) : note(load.by, node, scan);
  if (load.by === "require" && isCreateRequire(load.callee)) replace(load.callee, "require", scan);
  if (load.by === "require" && load.callee.type === "Identifier" && load.callee.name !== "require")
    replace(load.callee, "require", scan);
  if (load.argument.type === "Literal") return;
  const target = value.kind === "text" ? value.text : toPath(value);
  replace(load.argument, JSON.stringify(target), scan);
}

/** The call asks from the module's own place, whatever it is for. */
function loadInPlace(load: Exclude<CodeLoad, { readonly by: "addon" }>, scan: Scan): void {
  const here = placeExpression("file", scan.module.file, "path");
  if (load.by === "require") {
    const createRequire = `process.getBuiltinModule("node:module").createRequire`;
    return replace(load.callee, `${createRequire}(${here})`, scan);
  }
  if (load.by !== "import") return;
  const { start, end } = load.argument;
  scan.edits.push({ start, end: start, text: `__runnable_target(${here}, ` });
  scan.edits.push({ start: end, end, text: ")" });
}

function visitWorker(argument: ESTree.Node, value: StaticValue, scan: Scan): void {
  const target = toPath(value);
  if (assetKind(target) !== "module") return;
  scan.modules.add(target);
  replace(argument, placeExpression("module", target, value.kind), scan);
}

/** A whole expression that tells a place. */
function visitPlace(node: Candidate, value: StaticValue, scan: Scan): void {
  scan.seen.push(node);
  const target = toPath(value);
  const kind = assetKind(target);
  if (kind === undefined || isAround(target, scan.module.file)) return;
  if (kind === "directory") return addFiles(filesBelow(target), scan);
  if (kind === "file") {
    addFiles([target], scan);
    // What is resolved by name isn't made from the module's own place, which `renamePlace` changes.
    if (node.type === "CallExpression" && isResolver(node.callee))
      rename("file", node, value, scan);
    return;
  }
  scan.modules.add(target);
  rename("module", node, value, scan);
}

/** `join(here, "data", name)`: everything below `data`. */
function visitPrefix(node: Candidate, scan: Scan): void {
  const prefix = staticPrefix(node, scan.scope);
  if (prefix === undefined) return;
  const directory = toPath(prefix);
  if (isAround(directory, scan.module.file)) return note("place", node, scan);
  if (assetKind(directory) === "directory") addFiles(filesBelow(directory), scan);
}

/** `import.meta.url` and the like become the place that the module has beside the bundle. */
function renamePlace(node: Candidate, scan: Scan): void {
  if (node.type !== "MemberExpression" || node.object.type !== "MetaProperty") return;
  const value = evaluate(node, scan.scope);
  const isReplaced = scan.edits.some(({ start, end }) => start <= node.start && node.end <= end);
  if (value === undefined || isReplaced) return;
  scan.edits.push({
    start: node.start,
    end: node.end,
    text: placeExpression("file", toPath(value), value.kind),
  });
}

function rename(place: PlaceKind, node: ESTree.Node, value: StaticValue, scan: Scan): void {
  replace(node, placeExpression(place, toPath(value), value.kind), scan);
}

function replace(node: ESTree.Node, text: string, scan: Scan): void {
  scan.seen.push(node);
  scan.edits.push({ start: node.start, end: node.end, text });
}

function note(kind: FindingKind, node: ESTree.Node, scan: Scan): void {
  scan.findings.push(findingAt(kind, node, scan.module));
}

function addFiles(files: readonly string[], scan: Scan): void {
  for (const file of files) scan.files.add(file);
}

function rewrite({ module, edits }: Scan): string | undefined {
  const { code, syntax } = module;
  const head = commonJsPlaces(module);
  if (edits.length === 0 && head === "") return undefined;
  let text = code;
  for (const edit of edits.toSorted((a, b) => b.start - a.start || b.end - a.end))
    text = `${text.slice(0, edit.start)}${edit.text}${text.slice(edit.end)}`;
  if (syntax.isModule) return `${text}\n${placePrelude.module}\n`;
  const hashbang = /^#!.*\n/u.exec(text)?.[0] ?? "";
  return `${hashbang}${placePrelude.commonjs} ${head}${text.slice(hashbang.length)}`;
}

/** In CommonJS, variables of the same name hide the bundler's, which tell the bundle's own place. */
function commonJsPlaces({ file, code, syntax }: ParsedModule): string {
  if (syntax.isModule) return "";
  const places = [
    ["__filename", file],
    ["__dirname", path.dirname(file)],
  ] as const;
  return places
    .filter(([name]) => code.includes(name) && !syntax.declared.has(name))
    .map(([name, place]) => `var ${name} = ${placeExpression("file", place, "path")}; `)
    .join("");
}

function toPath({ kind, text }: StaticValue): string {
  return kind === "path" ? text : fileURLToPath(text);
}

/** Whether a place is the module itself or a directory that holds it: no file that the module reads. */
function isAround(place: string, file: string): boolean {
  const directory = place.endsWith(path.sep) ? place : place + path.sep;
  return place === file || file.startsWith(directory);
}

function isWithin(node: ESTree.Node, nodes: readonly ESTree.Node[]): boolean {
  return nodes.some(({ start, end }) => start <= node.start && node.end <= end);
}
