import type { ESTree } from "rolldown/utils";

import { calleeName, evaluate, isResolver, templateParts, type ModuleScope } from "./evaluate.ts";
import { concat, joinPath, newUrl, plain, type MaybeValue } from "./static-value.ts";

/**
 * The directory that a place lies in whose last part is not known: `/app/data` of `join("/app", "data", name)`. Undefined when
 * the expression tells no place.
 */
export function staticPrefix(node: ESTree.Node, scope: ModuleScope): MaybeValue {
  const value = (inner: ESTree.Node): MaybeValue => evaluate(inner, scope);
  if (node.type === "TemplateLiteral") return directoryOf(knownHead(templateParts(node, value)));
  if (node.type === "BinaryExpression" && node.operator === "+") {
    return directoryOf(value(node.left) ?? staticPrefix(node.left, scope));
  }
  if (node.type === "NewExpression") return urlPrefix(node, value);
  if (node.type !== "CallExpression" || isResolver(node.callee)) return undefined;
  const name = calleeName(node.callee);
  if (name !== "join" && name !== "resolve") return undefined;
  const known = headOf(node.arguments.map(value));
  return known.length === 0 ? undefined : joinPath(name, known);
}

function urlPrefix(
  { callee, arguments: [first, base] }: ESTree.NewExpression,
  value: (node: ESTree.Node) => MaybeValue,
): MaybeValue {
  if (calleeName(callee) !== "URL" || first === undefined || base === undefined) return undefined;
  const head =
    first.type === "TemplateLiteral" ? knownHead(templateParts(first, value)) : undefined;
  return directoryOf(newUrl([head ?? plain(""), value(base)], 2));
}

function knownHead(parts: readonly MaybeValue[]): MaybeValue {
  const known = headOf(parts);
  return known.length === 0 ? undefined : concat(known);
}

function headOf(parts: readonly MaybeValue[]): readonly MaybeValue[] {
  const end = parts.indexOf(undefined);
  return end === -1 ? parts : parts.slice(0, end);
}

/** Up to the last `/`: what follows is only a part of a name. */
function directoryOf(value: MaybeValue): MaybeValue {
  if (value?.located !== true) return undefined;
  return { ...value, text: value.text.slice(0, value.text.lastIndexOf("/")) };
}
