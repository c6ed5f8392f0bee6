import { expect, it } from "vitest";

import type { ConfigProblem } from "../../src/configure/config.ts";
import { substitute } from "../../src/configure/substitute.ts";
import { toJson, type Tree } from "../../src/configure/tree.ts";

function fill(text: string) {
  const problems: ConfigProblem[] = [];
  const tree: Tree = { entries: new Map([["key", { items: [{ value: text }] }]]) };
  const env = {
    RUNNABLE_VAR_A: "a",
    RUNNABLE_VAR_EMPTY: "",
    RUNNABLE_VAR_NESTED: "${A}",
    A: "not this",
    RUNNABLE_VAR_MONEY: "$&$1",
  };
  const filled = toJson(substitute(tree, env, (problem) => problems.push(problem)));
  return {
    filled,
    codes: problems.map(({ code }) => code),
    paths: problems.map(({ path }) => path),
  };
}

it.each([
  ["${A}", "a"],
  ["x-${A}-${A}", "x-a-a"],
  ["${EMPTY}", ""],
  ["${NESTED}", "${A}"],
  ["${MONEY}", "$&$1"],
  ["$${A}", "${A}"],
  ["$A $$ {A}", "$A $$ {A}"],
])("makes of %j the text %j", (text, expected) => {
  expect(fill(text)).toMatchObject({ filled: { key: [expected] }, codes: [] });
});

it.each([
  ["${B}", "CONFIG_VARIABLE_UNSET"],
  ["${A:-b}", "CONFIG_VARIABLE"],
  ["${", "CONFIG_VARIABLE"],
  ["${1}", "CONFIG_VARIABLE"],
])("reports %j", (text, code) => {
  expect(fill(text)).toMatchObject({ codes: [code], paths: [["key", 0]] });
});
