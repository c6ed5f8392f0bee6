import path from "node:path";

import type { ESTree } from "rolldown/utils";

import { assetKind, filesBelow } from "./assets.ts";
import { codeLoad, isCreateRequire, type CodeLoad, type ImportLoad } from "./code-load.ts";
import { evaluate, isResolver, type ModuleScope } from "./evaluate.ts";
import { findingAt, type BundleFinding, type FindingKind } from "./finding.ts";
import type { Candidate, TextRange } from "./module-syntax.ts";
import type { ParsedModule } from "./parse-module.ts";
import { placeExpression } from "./place.ts";
import { rewriteModule, type Edit } from "./rewrite-module.ts";
import { staticPrefix } from "./static-prefix.ts";
import { place, placePath, type StaticValue } from "./static-value.ts";

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

const ownPlace = /\b(?:__dirname|__filename|import\.meta\.(?:url|dirname|filename))\b/u;

/** What is found, and the nodes that need no further look. */
interface Scan {
  readonly module: ParsedModule;
  readonly inPlace: boolean;
  readonly scope: ModuleScope;
  readonly edits: Edit[];
  readonly files: Set<string>;
  readonly modules: Set<string>;
  readonly findings: BundleFinding[];
  readonly done: TextRange[];
}

/**
 * Finds what a module reaches by its own place, and the code that it loads in ways that a bundle can't follow. A bundle that
 * is made to run in place (`inPlace`) loads such code as the module would.
 */
export function scanModule(module: ParsedModule, inPlace: boolean): ModuleScan {
  const { file, syntax } = module;
  const scan: Scan = {
    module,
    inPlace,
    scope: { file, constants: syntax.constants },
    edits: [],
    files: new Set(),
    modules: new Set(),
    findings: [],
    done: [],
  };
  for (const node of syntax.candidates) visit(node, scan);
  for (const node of syntax.candidates) moveOwnPlace(node, scan);
  uncoverRequire(scan);
  addNamedFiles(scan);
  return {
    code: rewriteModule(module, scan.edits),
    files: [...scan.files],
    modules: [...scan.modules],
    findings: scan.findings,
  };
}

function visit(node: Candidate, scan: Scan): void {
  if (isWithin(node, scan.done)) return;
  const load = codeLoad(node, scan.module.syntax, scan.module.code);
  if (load !== undefined) visitLoad(node, load, scan);
  if (isWithin(node, scan.done)) return;
  const value = evaluate(node, scan.scope);
  if (value?.located === true) visitPlace(node, value, scan);
  else if (value === undefined) visitPrefix(node, scan);
}

function visitLoad(node: Candidate, load: CodeLoad, scan: Scan): void {
  if (load.by === "addon") return note("addon", node, scan);
  const value = evaluate(load.argument, scan.scope);
  if (load.by === "require" || load.by === "import") {
    if (value !== undefined) return makeLiteral(load, value, scan);
    return scan.inPlace ? loadInPlace(load, scan) : note(load.by, node, scan);
  }
  if (value?.located === true) visitWorker(load.argument, value, scan);
  if (value === undefined && load.by === "worker") note("worker", node, scan);
}

function visitWorker(argument: ESTree.Node, value: StaticValue, scan: Scan): void {
  const target = placePath(value);
  if (assetKind(target) !== "module") return;
  scan.modules.add(target);
  replace(argument, placeExpression("module", value), scan);
}

/** The bundler follows `require` and `import` of a literal. */
function makeLiteral(load: ImportLoad, value: StaticValue, scan: Scan): void {
  if (load.by === "require" && !isNamedRequire(load.callee)) replace(load.callee, "require", scan);
  if (load.argument.type === "Literal") return;
  const target = value.kind === "text" ? value.text : placePath(value);
  replace(load.argument, JSON.stringify(target), scan);
}

/** What is loaded stays unknown, but it is looked for from where the module lies. */
function loadInPlace(load: ImportLoad, scan: Scan): void {
  const here = placeExpression("file", place("path", scan.module.file));
  if (load.by === "require") {
    const createRequire = `process.getBuiltinModule("node:module").createRequire`;
    return replace(load.callee, `${createRequire}(${here})`, scan);
  }
  const { start, end } = load.argument;
  scan.edits.push({ start, end: start, text: `__runnable_target(${here}, ` });
  scan.edits.push({ start: end, end, text: ")" });
}

/** A whole expression that tells a place. */
function visitPlace(node: Candidate, value: StaticValue, scan: Scan): void {
  scan.done.push(node);
  const target = placePath(value);
  const kind = isAround(target, scan.module.file) ? undefined : assetKind(target);
  if (kind === "module") {
    scan.modules.add(target);
    replace(node, placeExpression("module", value), scan);
  }
  if (kind === "directory") addFiles(filesBelow(target), scan);
  if (kind !== "file") return;
  addFiles([target], scan);
  // What is resolved by name isn't made from the module's own place, which `moveOwnPlace` changes.
  if (node.type === "CallExpression" && isResolver(node.callee)) {
    replace(node, placeExpression("file", value), scan);
  }
}

/** `join(here, "data", name)`: everything below `data`. */
function visitPrefix(node: Candidate, scan: Scan): void {
  const prefix = staticPrefix(node, scan.scope);
  if (prefix === undefined) return;
  const directory = placePath(prefix);
  if (isAround(directory, scan.module.file)) return note("place", node, scan);
  if (assetKind(directory) === "directory") addFiles(filesBelow(directory), scan);
}

/** `import.meta.url` and the like become the place that the module has beside the bundle. */
function moveOwnPlace(node: Candidate, scan: Scan): void {
  if (node.type !== "MemberExpression" || node.object.type !== "MetaProperty") return;
  const value = evaluate(node, scan.scope);
  if (value !== undefined && !isWithin(node, scan.edits)) {
    replace(node, placeExpression("file", value), scan);
  }
}

/** `const require = createRequire(import.meta.url)` would hide the `require` that the bundler follows. */
function uncoverRequire(scan: Scan): void {
  const constant = scan.module.syntax.constants.get("require");
  if (constant === undefined || !isCreateRequire(constant.value)) return;
  replace(constant.name, "__runnable_require", scan);
}

/** A module that knows its place may put it and a file's name together in any way, as what emscripten makes does. */
function addNamedFiles({ module, files }: Scan): void {
  if (!ownPlace.test(module.code)) return;
  const directory = path.dirname(module.file);
  for (const name of module.syntax.fileNames) {
    const file = path.resolve(directory, name);
    if (assetKind(file) === "file") files.add(file);
  }
}

function isNamedRequire(callee: ESTree.Node): boolean {
  return callee.type === "Identifier" && callee.name === "require";
}

function replace(node: ESTree.Node, text: string, scan: Scan): void {
  const { start, end } = node;
  scan.done.push(node);
  scan.edits.push({ start, end, text });
}

function note(kind: FindingKind, node: ESTree.Node, scan: Scan): void {
  scan.findings.push(findingAt(kind, node, scan.module));
}

function addFiles(files: readonly string[], scan: Scan): void {
  for (const file of files) scan.files.add(file);
}

/** Whether a place is the module itself or a directory that holds it: no file that the module reads. */
function isAround(target: string, file: string): boolean {
  const directory = target.endsWith(path.sep) ? target : target + path.sep;
  return target === file || file.startsWith(directory);
}

function isWithin(node: TextRange, ranges: readonly TextRange[]): boolean {
  return ranges.some(({ start, end }) => start <= node.start && node.end <= end);
}
