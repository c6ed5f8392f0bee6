import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

import type { ESTree } from "rolldown/utils";

import type { ModuleSyntax } from "./module-syntax.ts";

/** What an expression is known to be when the module runs where it lies. */
export interface StaticValue {
  /** A URL as its `href`. */
  readonly text: string;
  readonly kind: "text" | "path" | "href" | "url";
  /** Whether it was made from the place of the module; then it is absolute. */
  readonly located: boolean;
}

/** The module that an expression stands in. */
export interface ModuleScope {
  /** Absolute path. */
  readonly file: string;
  readonly constants: ModuleSyntax["constants"];
}

const depthLimit = 20;

/**
 * The value of an expression that consists of literals, constants, the module's own place (`import.meta.url`, `__dirname` …)
 * and the functions that people combine them with; undefined when it depends on anything else.
 */
export function evaluate(
  node: ESTree.Node,
  scope: ModuleScope,
  depth = 0,
): StaticValue | undefined {
  if (depth > depthLimit) return undefined;
  const value = (inner: ESTree.Node): StaticValue | undefined => evaluate(inner, scope, depth + 1);
  switch (node.type) {
    case "Literal":
      return typeof node.value === "string" ? text(node.value) : undefined;
    case "TemplateLiteral":
      return concat(templateParts(node, value));
    case "BinaryExpression":
      return node.operator === "+" ? concat([value(node.left), value(node.right)]) : undefined;
    case "Identifier":
      return identifier(node.name, scope, value);
    case "MemberExpression":
      return member(node, scope, value);
    case "NewExpression":
      return isNamed(node.callee, "URL") ? newUrl(node.arguments.map(value)) : undefined;
    case "CallExpression":
      return call(node, scope, value);
    case "ParenthesizedExpression":
    case "TSAsExpression":
    case "TSNonNullExpression":
      return value(node.expression);
    default:
      return undefined;
  }
}

/**
 * The directory that a place lies in whose last part is not known: `/app/data` of `join("/app", "data", name)`.
 * Undefined when the expression tells no place.
 */
export function staticPrefix(node: ESTree.Node, scope: ModuleScope): StaticValue | undefined {
  const value = (inner: ESTree.Node): StaticValue | undefined => evaluate(inner, scope);
  if (node.type === "TemplateLiteral") return directoryOf(knownHead(templateParts(node, value)));
  if (node.type === "BinaryExpression" && node.operator === "+")
    return directoryOf(value(node.left) ?? staticPrefix(node.left, scope));
  if (node.type === "NewExpression" && isNamed(node.callee, "URL")) {
    const [first, base] = node.arguments;
    if (first === undefined || base === undefined) return undefined;
    const head =
      first.type === "TemplateLiteral" ? knownHead(templateParts(first, value)) : text("");
    return directoryOf(newUrl([head ?? text(""), value(base)]));
  }
  if (node.type !== "CallExpression" || isResolver(node.callee)) return undefined;
  const name = calleeName(node.callee);
  if (name !== "join" && name !== "resolve") return undefined;
  const values = node.arguments.map(value);
  const known = values.slice(0, values.indexOf(undefined));
  return known.length === 0 ? undefined : joinPath(name, known);
}

/** The last name of a callee: `join` of `join`, `path.join` and `(0, node_path_1.join)`. */
export function calleeName(callee: ESTree.Node): string | undefined {
  if (callee.type === "Identifier") return callee.name;
  if (callee.type === "MemberExpression" && !callee.computed) return calleeName(callee.property);
  if (callee.type === "ParenthesizedExpression") return calleeName(callee.expression);
  if (callee.type !== "SequenceExpression") return undefined;
  const last = callee.expressions.at(-1);
  return last === undefined ? undefined : calleeName(last);
}

type Evaluate = (node: ESTree.Node) => StaticValue | undefined;

function text(value: string): StaticValue {
  return { text: value, kind: "text", located: false };
}

function located(kind: StaticValue["kind"], value: string): StaticValue {
  return { text: value, kind, located: true };
}

function templateParts(
  node: ESTree.TemplateLiteral,
  value: Evaluate,
): readonly (StaticValue | undefined)[] {
  return node.quasis.flatMap((quasi, at) => {
    const expression = node.expressions[at];
    const literal = text(quasi.value.cooked ?? quasi.value.raw);
    return expression === undefined ? [literal] : [literal, value(expression)];
  });
}

function concat(parts: readonly (StaticValue | undefined)[]): StaticValue | undefined {
  if (parts.includes(undefined)) return undefined;
  const known = parts.filter((part) => part !== undefined && part.text !== "");
  const joined = known.map((part) => part?.text).join("");
  if (!known.some((part) => part?.located)) return text(joined);
  if (joined.startsWith("file:")) return located("href", joined);
  return path.isAbsolute(joined) ? located("path", joined) : undefined;
}

function knownHead(parts: readonly (StaticValue | undefined)[]): StaticValue | undefined {
  const known = parts.slice(0, parts.indexOf(undefined));
  return known.length === 0 ? undefined : concat(known);
}

/** Up to the last `/`, as what follows is only a part of a name. */
function directoryOf(value: StaticValue | undefined): StaticValue | undefined {
  if (value?.located !== true) return undefined;
  const end = value.text.lastIndexOf("/");
  return { ...value, text: value.text.slice(0, end) };
}

function identifier(name: string, scope: ModuleScope, value: Evaluate): StaticValue | undefined {
  const constant = scope.constants.get(name);
  if (constant !== undefined) return value(constant.value);
  if (name === "__filename") return located("path", scope.file);
  return name === "__dirname" ? located("path", path.dirname(scope.file)) : undefined;
}

function member(
  node: ESTree.MemberExpression,
  scope: ModuleScope,
  value: Evaluate,
): StaticValue | undefined {
  if (node.computed || node.property.type !== "Identifier") return undefined;
  const { name } = node.property;
  if (node.object.type === "MetaProperty") return metaProperty(name, scope);
  if (name !== "href" && name !== "pathname") return undefined;
  const object = value(node.object);
  if (object?.kind !== "url") return undefined;
  return name === "href" ? located("href", object.text) : toPath(object);
}

function metaProperty(name: string, { file }: ModuleScope): StaticValue | undefined {
  if (name === "url") return located("href", pathToFileURL(file).href);
  if (name === "filename") return located("path", file);
  return name === "dirname" ? located("path", path.dirname(file)) : undefined;
}

function newUrl(values: readonly (StaticValue | undefined)[]): StaticValue | undefined {
  const [first, base] = values;
  if (first === undefined || first.kind === "path") return undefined;
  if (values.length === 1) return first.located ? located("url", first.text) : undefined;
  if (base === undefined || !base.located || base.kind === "path") return undefined;
  const url = URL.parse(first.text, base.text);
  return url?.protocol === "file:" ? located("url", url.href) : undefined;
}

function call(
  node: ESTree.CallExpression,
  scope: ModuleScope,
  value: Evaluate,
): StaticValue | undefined {
  const { callee } = node;
  const name = calleeName(callee);
  if (name === "resolve" && isResolver(callee)) return resolved(node, scope, value);
  if (name === "toString" && callee.type === "MemberExpression") {
    const object = value(callee.object);
    return object?.kind === "url" ? located("href", object.text) : object;
  }
  const values = node.arguments.map(value);
  if (name === "join" || name === "resolve") return joinPath(name, values);
  const [only] = values;
  if (only?.located !== true || values.length !== 1) return undefined;
  return conversions.get(name ?? "")?.(only);
}

const conversions: ReadonlyMap<string, (value: StaticValue) => StaticValue | undefined> = new Map([
  ["fileURLToPath", (value) => (value.kind === "path" ? undefined : toPath(value))],
  ["pathToFileURL", toUrl],
  ["dirname", (value) => ofPath(value, path.dirname)],
  ["normalize", (value) => ofPath(value, path.normalize)],
  ["realpathSync", (value) => ofPath(value, (text) => text)],
  ["String", (value) => (value.kind === "url" ? located("href", value.text) : value)],
]);

function toUrl(value: StaticValue): StaticValue | undefined {
  return value.kind === "path" ? located("url", pathToFileURL(value.text).href) : undefined;
}

function ofPath(value: StaticValue, change: (text: string) => string): StaticValue | undefined {
  return value.kind === "path" ? located("path", change(value.text)) : undefined;
}

function toPath(value: StaticValue): StaticValue | undefined {
  return URL.canParse(value.text) ? located("path", fileURLToPath(value.text)) : undefined;
}

function joinPath(
  name: "join" | "resolve",
  values: readonly (StaticValue | undefined)[],
): StaticValue | undefined {
  if (values.includes(undefined) || !values.some((value) => value?.kind === "path"))
    return undefined;
  const joined = path[name](...values.map((value) => value?.text ?? ""));
  return path.isAbsolute(joined) ? located("path", joined) : undefined;
}

/** `require.resolve` or `import.meta.resolve`. */
export function isResolver(callee: ESTree.Node): boolean {
  if (callee.type !== "MemberExpression") return false;
  return callee.object.type === "MetaProperty" || isNamed(callee.object, "require");
}

function resolved(
  node: ESTree.CallExpression,
  { file }: ModuleScope,
  value: Evaluate,
): StaticValue | undefined {
  const [only] = node.arguments.map(value);
  if (only?.kind !== "text" || node.arguments.length !== 1) return undefined;
  try {
    const found = createRequire(file).resolve(only.text);
    if (!path.isAbsolute(found)) return undefined;
    const isUrl =
      node.callee.type === "MemberExpression" && node.callee.object.type === "MetaProperty";
    return isUrl ? located("href", pathToFileURL(found).href) : located("path", found);
  } catch {
    // Not there: what then happens is the job's own affair, here as over there.
    return undefined;
  }
}

function isNamed(node: ESTree.Node, name: string): boolean {
  return node.type === "Identifier" && node.name === name;
}
