import { kindWords, type ExplainedStep, type TypeExplanation } from "@runnable/core/plugins";

import { shortPath } from "../terminal/short-path.ts";
import { wrapText } from "../terminal/text-width.ts";
import type { FormatOptions } from "./format-options.ts";

type WhyOptions = FormatOptions & { readonly cwd: string };

/** For each kind: the files that were read, the rules, the module and the milliseconds. Neighbouring files without types are one line. */
export function formatPluginWhy(
  explained: readonly TypeExplanation[],
  options: WhyOptions,
): string {
  return explained.map((item) => `${linesOf(item, options).join("\n")}\n`).join("\n");
}

function linesOf(item: TypeExplanation, options: WhyOptions): readonly string[] {
  const { style, cwd } = options;
  const { kind, type, steps, decidedBy, milliseconds, found } = item;
  const via = found?.via.length ? ` (by ${found.via.join(", then ")})` : "";
  const answer = found
    ? [
        `${style.green("→")} ${style.bold(found.name)} ${found.version}${via}`,
        `  ${style.dim(shortPath(found.entry, cwd))}`,
      ]
    : [`${style.red("✗")} no answer`];
  return [
    `${style.bold(type)} as ${kindWords[kind]}`,
    ...grouped(steps).flatMap((step) => lineOf(step, options)),
    ...answer,
    style.dim(`  decided by the rule ${decidedBy}, in ${milliseconds.toFixed(1)} ms`),
  ];
}

type Line = ExplainedStep | { readonly step: "skipped"; readonly files: number };

/** A project may have hundreds of dependencies, few of them plugins. */
function grouped(steps: readonly ExplainedStep[]): readonly Line[] {
  const lines: Line[] = [];
  for (const step of steps) {
    const last = lines.at(-1);
    const idle = step.step === "read" && !step.providesTypes;
    if (!idle) lines.push(step);
    else if (last?.step === "skipped") {
      lines[lines.length - 1] = { step: "skipped", files: last.files + 1 };
    } else if (last?.step === "read" && !last.providesTypes) {
      lines[lines.length - 1] = { step: "skipped", files: 2 };
    } else lines.push(step);
  }
  return lines;
}

function lineOf(line: Line, { style, columns, cwd }: WhyOptions): readonly string[] {
  if (line.step === "skipped") {
    return [`  ${style.dim("read")}  ${line.files} package.json files without types`];
  }
  const [word, text] =
    line.step === "read"
      ? ["read", `${shortPath(line.file, cwd)}  ${line.text}`]
      : ["rule", `${line.rule}: ${line.text}`];
  const mark = line.step === "rule" && line.decides ? style.cyan(word) : style.dim(word);
  return wrapText(text, columns - 8).map((part, index) =>
    index === 0 ? `  ${mark}  ${part}` : `        ${part}`,
  );
}
