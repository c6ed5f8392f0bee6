import type { ESTree } from "rolldown/utils";

import { calleeName } from "./evaluate.ts";
import type { Candidate, ModuleSyntax } from "./module-syntax.ts";

/** A call that loads code, and what decides which. */
export type CodeLoad =
  | ImportLoad
  | { readonly by: "worker" | "fork"; readonly argument: ESTree.Node }
  | { readonly by: "addon" };

/** `require` or `import`. */
export type ImportLoad =
  | { readonly by: "require"; readonly argument: ESTree.Node; readonly callee: ESTree.Node }
  | { readonly by: "import"; readonly argument: ESTree.Node };

/** Packages whose function finds a native addon at run time and loads it. */
const addonLoaders: ReadonlySet<string> = new Set([
  "bindings",
  "node-gyp-build",
  "node-gyp-build-optional-packages",
  "@mapbox/node-pre-gyp",
  "node-pre-gyp",
  "pkg-prebuilds",
]);

/** Which code a call loads: `require`, `import`, `new Worker` of node:worker_threads, `fork` of node:child_process, a native addon. */
export function codeLoad(
  node: Candidate,
  syntax: ModuleSyntax,
  code: string,
): CodeLoad | undefined {
  if (node.type === "ImportExpression") return { by: "import", argument: node.source };
  if (node.type !== "CallExpression" && node.type !== "NewExpression") return undefined;
  const [argument] = node.arguments;
  if (argument === undefined || argument.type === "SpreadElement") return undefined;
  if (node.type === "NewExpression") return workerLoad(node, argument, code);

  const { callee } = node;
  const name = calleeName(callee);
  if (name === "dlopen" && code.includes("process.dlopen")) return { by: "addon" };
  if (name === "fork" && code.includes("child_process")) return { by: "fork", argument };
  if (node.arguments.length !== 1 || !isRequire(callee, syntax)) return undefined;
  if (argument.type === "Literal" && addonLoaders.has(String(argument.value))) {
    return { by: "addon" };
  }
  return { by: "require", argument, callee };
}

/** Whether a call is `createRequire(…)`. */
export function isCreateRequire(node: ESTree.Node): boolean {
  return node.type === "CallExpression" && calleeName(node.callee) === "createRequire";
}

function isRequire(callee: ESTree.Node, syntax: ModuleSyntax): boolean {
  if (isCreateRequire(callee)) return true;
  if (callee.type !== "Identifier" || syntax.isRequireShadowed(callee)) return false;
  const constant = syntax.constants.get(callee.name);
  if (constant !== undefined && isCreateRequire(constant.value)) return true;
  // The name that bundlers give it in the packages that they made.
  if (callee.name === "__require") return true;
  return callee.name === "require" && !syntax.declared.has("require");
}

function workerLoad(
  { callee, arguments: [, options] }: ESTree.NewExpression,
  argument: ESTree.Node,
  code: string,
): CodeLoad | undefined {
  if (calleeName(callee) !== "Worker" || !code.includes("worker_threads")) return undefined;
  return options !== undefined && isSource(options) ? undefined : { by: "worker", argument };
}

/** `{ eval: true }`: the worker's code is the argument itself. */
function isSource(options: ESTree.Node): boolean {
  if (options.type !== "ObjectExpression") return false;
  return options.properties.some(
    (property) =>
      property.type === "Property" &&
      property.key.type === "Identifier" &&
      property.key.name === "eval",
  );
}
