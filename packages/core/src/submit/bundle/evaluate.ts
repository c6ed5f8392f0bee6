import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

import type { ESTree } from "rolldown/utils";

import type { ModuleSyntax } from "./module-syntax.ts";
import {
  concat,
  conversions,
  joinPath,
  newUrl,
  place,
  plain,
  urlPart,
  type MaybeValue,
} from "./static-value.ts";

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
export function evaluate(node: ESTree.Node, scope: ModuleScope, depth = 0): MaybeValue {
  if (depth > depthLimit) return undefined;
  const value: Evaluate = (inner) => evaluate(inner, scope, depth + 1);
  if (node.type === "Literal") {
    return typeof node.value === "string" ? plain(node.value) : undefined;
  }
  if (node.type === "TemplateLiteral") return concat(templateParts(node, value));
  if (node.type === "Identifier") return identifier(node.name, scope, value);
  if (node.type === "MemberExpression") return member(node, scope, value);
  if (node.type === "CallExpression") return call(node, scope, value);
  if (node.type === "BinaryExpression") {
    return node.operator === "+" ? concat([value(node.left), value(node.right)]) : undefined;
  }
  if (node.type === "NewExpression") {
    if (calleeName(node.callee) !== "URL") return undefined;
    return newUrl(node.arguments.map(value), node.arguments.length);
  }
  return isTransparent(node) ? value(node.expression) : undefined;
}

/** The parts of a template, literal and not, in order. */
export function templateParts(
  node: ESTree.TemplateLiteral,
  value: Evaluate,
): readonly MaybeValue[] {
  return node.quasis.flatMap((quasi, at) => {
    const expression = node.expressions[at];
    const literal = plain(quasi.value.cooked ?? quasi.value.raw);
    return expression === undefined ? [literal] : [literal, value(expression)];
  });
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

/** Whether a call is `require.resolve(…)` or `import.meta.resolve(…)`. */
export function isResolver(callee: ESTree.Node): boolean {
  if (callee.type !== "MemberExpression" || calleeName(callee) !== "resolve") return false;
  return callee.object.type === "MetaProperty" || calleeName(callee.object) === "require";
}

type Evaluate = (node: ESTree.Node) => MaybeValue;

function isTransparent(
  node: ESTree.Node,
): node is ESTree.ParenthesizedExpression | ESTree.TSAsExpression | ESTree.TSNonNullExpression {
  return ["ParenthesizedExpression", "TSAsExpression", "TSNonNullExpression"].includes(node.type);
}

function identifier(name: string, scope: ModuleScope, value: Evaluate): MaybeValue {
  const constant = scope.constants.get(name);
  if (constant !== undefined) return value(constant.value);
  if (name === "__filename") return place("path", scope.file);
  return name === "__dirname" ? place("path", path.dirname(scope.file)) : undefined;
}

function member(node: ESTree.MemberExpression, scope: ModuleScope, value: Evaluate): MaybeValue {
  if (node.computed || node.property.type !== "Identifier") return undefined;
  const { name } = node.property;
  if (node.object.type === "MetaProperty") return metaProperty(name, scope);
  return name === "href" || name === "pathname" ? urlPart(value(node.object), name) : undefined;
}

function metaProperty(name: string, { file }: ModuleScope): MaybeValue {
  if (name === "url") return place("href", pathToFileURL(file).href);
  if (name === "filename") return place("path", file);
  return name === "dirname" ? place("path", path.dirname(file)) : undefined;
}

function call(node: ESTree.CallExpression, scope: ModuleScope, value: Evaluate): MaybeValue {
  const { callee } = node;
  if (isResolver(callee)) return resolved(node, scope, value);
  const name = calleeName(callee) ?? "";
  if (name === "toString" && callee.type === "MemberExpression") {
    return urlPart(value(callee.object), name);
  }
  const values = node.arguments.map(value);
  if (name === "join" || name === "resolve") return joinPath(name, values);
  const [only] = values;
  return only?.located === true && values.length === 1 ? conversions.get(name)?.(only) : undefined;
}

function resolved(node: ESTree.CallExpression, { file }: ModuleScope, value: Evaluate): MaybeValue {
  const [only] = node.arguments.map(value);
  if (only?.kind !== "text" || node.arguments.length !== 1) return undefined;
  try {
    const found = createRequire(file).resolve(only.text);
    if (!path.isAbsolute(found)) return undefined;
    const { callee } = node;
    const isUrl = callee.type === "MemberExpression" && callee.object.type === "MetaProperty";
    return isUrl ? place("href", pathToFileURL(found).href) : place("path", found);
  } catch {
    // Not there: what then happens is the job's own affair, here as over there.
    return undefined;
  }
}
