import type { Reporter } from "./reporter.ts";
import { isList, isMap, type KeyPath, type Tree } from "./tree.ts";

/** Prefix of the environment variables that `${NAME}` means. */
export const variablePrefix = "RUNNABLE_VAR_";

/**
 * Fills in `${NAME}` from `RUNNABLE_VAR_NAME` in every text, once: what a variable holds is not looked at again.
 * `$${` stands for a literal `${`. Unset names and other uses of `${` are problems.
 */
export function substitute(tree: Tree, env: NodeJS.ProcessEnv, report: Reporter): Tree {
  const walk = (at: Tree, path: KeyPath): Tree => {
    if (isMap(at)) {
      return {
        at: at.at,
        entries: new Map([...at.entries].map(([key, value]) => [key, walk(value, [...path, key])])),
      };
    }
    if (isList(at)) {
      return { at: at.at, items: at.items.map((item, index) => walk(item, [...path, index])) };
    }
    if (typeof at.value !== "string" || !at.value.includes("${")) return at;
    const problem = (code: string, message: string, hint: string) =>
      report({ code, message, hint, path, ...(at.at && { position: at.at }) });
    return { at: at.at, value: fill(at.value, env, problem) };
  };
  return walk(tree, []);
}

type Problem = (code: string, message: string, hint: string) => void;

function fill(text: string, env: NodeJS.ProcessEnv, problem: Problem): string {
  return text.replaceAll(/\$\$\{|\$\{([A-Za-z_]\w*)\}|\$\{/g, (match, name: string | undefined) => {
    if (match === "$${") return "${";
    if (name === undefined) {
      problem(
        "CONFIG_VARIABLE",
        "${ is not followed by a name and }",
        "Write ${NAME}, or $${ for a literal ${.",
      );
      return match;
    }
    const value = env[variablePrefix + name];
    if (value !== undefined) return value;
    problem(
      "CONFIG_VARIABLE_UNSET",
      `\${${name}} has no value`,
      `Set the environment variable ${variablePrefix}${name}, or write $\${${name}} for the literal text.`,
    );
    return match;
  });
}
