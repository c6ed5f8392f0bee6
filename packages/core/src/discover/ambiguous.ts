import path from "node:path";

import { exactName } from "./candidate.ts";
import type { Finding } from "./finding.ts";
import type { Query } from "./query.ts";
import { kindCodes, kindWords } from "./service-kind.ts";
import type { ShortName } from "./short-name.ts";

/** Several packages provide one short name; none of them is preferred. */
export function ambiguous(
  { kind, type, projectDirectory }: Query,
  { distinct, settledBy }: ShortName,
): Finding {
  const rows = distinct.map((item) => {
    const where = path.relative(projectDirectory, item.directory) || ".";
    const facts = [
      `"${exactName(item, projectDirectory)}"`,
      item.version,
      where,
      item.summary ?? "",
    ];
    return `  ${facts.filter((fact) => fact !== "").join("  ")}`;
  });
  const example = distinct[0] ? exactName(distinct[0], projectDirectory) : type;
  return {
    code: `${kindCodes[kind]}_AMBIGUOUS`,
    message: `the ${kindWords[kind]} "${type}" is provided by ${distinct.length} packages; nothing was loaded`,
    hint: [
      ...rows,
      "Write one of these names in full; keep the quotes, YAML reserves @.",
      settledBy === undefined
        ? `Or choose for the whole configuration: plugins: { resolve: { ${type}: "${example}" } }.`
        : `plugins.resolve names "${settledBy}", which is none of them.`,
    ].join("\n"),
  };
}
