import path from "node:path";

import type { ConfigCheck } from "@runnable/core/config";

import { formatTable } from "../terminal/format-table.ts";
import type { FormatOptions } from "./format-options.ts";

/** How a check went: one line where there are problems, else also who does what. */
export function formatConfigCheck(
  { file, services, problems, warnings }: ConfigCheck,
  options: FormatOptions & { readonly cwd: string },
): string {
  const { style, cwd } = options;
  const name = file === undefined ? "no configuration file" : path.relative(cwd, file) || file;
  const found = [count(problems.length, "problem"), count(warnings.length, "warning")].filter(
    (text) => text !== "",
  );
  if (problems.length > 0) return `\n${style.red("✗")} ${style.bold(name)}: ${found.join(", ")}\n`;
  const verdict = file === undefined ? "the defaults hold" : (found[0] ?? "no problems");
  const rows = services.map(({ section, type, package: from, version }) => [
    section,
    type,
    `${from} ${version}`,
  ]);
  return `${[
    ...(warnings.length > 0 ? [""] : []),
    `${style.green("✓")} ${style.bold(name)}: ${verdict}`,
    "",
    ...formatTable(columns, rows, { ...options, indent: 2 }),
  ].join("\n")}\n`;
}

const columns = [
  { title: "section" },
  { title: "type", shrink: "wrap" },
  { title: "provided by", shrink: "wrap" },
] as const;

function count(number: number, noun: string): string {
  if (number === 0) return "";
  return number === 1 ? `1 ${noun}` : `${number} ${noun}s`;
}
