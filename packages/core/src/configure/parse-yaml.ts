import type { LineCounter, YAMLError } from "yaml";

import type { Reporter } from "./reporter.ts";
import { emptyTree, isAbsent, isList, isMap, type TreeMap } from "./tree.ts";
import { describeYamlError } from "./yaml-error.ts";
import { yamlTree } from "./yaml-tree.ts";

/** Parses a config file's text (YAML 1.2, anchors and merge keys included). What is wrong goes to `report`; the tree is then empty. */
export async function parseYaml(text: string, file: string, report: Reporter): Promise<TreeMap> {
  const yaml = await import("yaml");
  const lines = new yaml.LineCounter();
  const options = { lineCounter: lines, prettyErrors: false, merge: true };
  const document = yaml.parseDocument(text, options);
  const wrong = firstOfEachLine([...document.errors, ...document.warnings], lines);
  for (const { code, line, column } of wrong) {
    report({
      code: "CONFIG_SYNTAX",
      ...describeYamlError(code),
      position: { file, line, column },
    });
  }
  if (wrong.length > 0) return emptyTree;

  const tree = yamlTree(document, { yaml, file, lines });
  if ("problem" in tree) {
    report(tree.problem);
    return emptyTree;
  }
  const { root } = tree;
  if (isAbsent(root)) return emptyTree;
  if (isMap(root)) return root;
  report({
    code: "CONFIG_NOT_A_MAP",
    message: `the file must hold sections, got ${isList(root) ? "a list" : "a single value"}`,
    hint: "Begin with a section, for example `job-executor:`.",
    ...(root.at && { position: root.at }),
  });
  return emptyTree;
}

// What follows on the same line is mostly a consequence.
function firstOfEachLine(
  errors: readonly YAMLError[],
  lines: LineCounter,
): readonly { readonly code: YAMLError["code"]; readonly line: number; readonly column: number }[] {
  const placed = errors.map(({ code, pos }) => {
    const { line, col } = lines.linePos(pos[0]);
    return { code, line, column: col };
  });
  return placed.filter(
    ({ line }, index) => placed.findIndex((other) => other.line === line) === index,
  );
}
