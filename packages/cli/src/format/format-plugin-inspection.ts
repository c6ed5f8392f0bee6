import {
  kindWords,
  type ConfigKey,
  type Inspection,
  type SampleAnswer,
} from "@runnable/core/plugins";

import { formatTable } from "../terminal/format-table.ts";
import { shortPath } from "../terminal/short-path.ts";
import { wrapText } from "../terminal/text-width.ts";
import { formatFields, type Field } from "./format-fields.ts";
import type { FormatOptions } from "./format-options.ts";

/** One page of what a type says of itself. */
export function formatPluginInspection(
  item: Inspection,
  options: FormatOptions & { readonly cwd: string },
): string {
  const { style } = options;
  const { type, kind, executor, summary } = item;
  const words = executor ? `${executor} ${kindWords[kind]}` : kindWords[kind];
  const title = `${style.bold(type)}  ${words}${summary === undefined ? "" : `: ${summary}`}`;
  return `${[
    title,
    ...formatFields(factsOf(item, options.cwd), options),
    ...section("settings", settingsOf(item, options), options),
    ...section(answersTitle(item), answersOf(item, options), options),
  ].join("\n")}\n`;
}

function section(
  title: string,
  lines: readonly string[],
  { style }: FormatOptions,
): readonly string[] {
  return lines.length === 0 ? [] : ["", style.bold(title), ...lines];
}

function factsOf(item: Inspection, cwd: string): readonly Field[] {
  const { since, because, use } = item.deprecated ?? {};
  const deprecated = [
    since === undefined ? "yes" : `since ${since}`,
    because,
    use === undefined ? undefined : `use "${use}"`,
  ];
  const { jobSide } = item;
  return [
    ["package", `${item.package} ${item.version}`.trim()],
    ["full name", item.name],
    ["aliases", item.aliases.join(", ")],
    ["leads to", item.via.join(", then ")],
    [
      "module",
      `${shortPath(item.entry, cwd)}, imported in ${Math.round(item.importMilliseconds)} ms`,
    ],
    ["job side", jobSide ? sideOf(jobSide) : ""],
    ["can", item.capabilities.join(", ")],
    ["policies", item.policies.join(", ")],
    [
      "deprecated",
      item.deprecated ? deprecated.filter((text) => text !== undefined).join("; ") : "",
    ],
    ["warning", item.warnings.join("; ")],
  ];
}

function sideOf({ entry, config }: NonNullable<Inspection["jobSide"]>): string {
  return config.length === 0 ? entry : `${entry}, sees ${config.join(", ")}`;
}

function settingsOf({ config }: Inspection, options: FormatOptions): readonly string[] {
  if (!config.documented) {
    return ["  undocumented: the plugin alone checks them"];
  }
  if (config.keys.length === 0) return ["  none"];
  const rows = config.keys.map((key) => [key.key, key.type, valueOf(key), meaningOf(key)]);
  return formatTable(keyColumns, rows, { ...options, indent: 2 });
}

const keyColumns = [
  { title: "key" },
  { title: "type", shrink: "wrap" },
  { title: "default", shrink: "wrap" },
  { title: "meaning", shrink: "wrap" },
] as const;

function valueOf({ required, default: byDefault }: ConfigKey): string {
  if (byDefault !== undefined) return JSON.stringify(byDefault);
  return required ? "required" : "";
}

function meaningOf({ description = "", secret, lockedBy }: ConfigKey): string {
  const marks = [secret ? "secret" : "", lockedBy === undefined ? "" : `locked by ${lockedBy}`];
  const shown = marks.filter((mark) => mark !== "");
  return shown.length === 0 ? description : `${description} (${shown.join(", ")})`.trim();
}

function answersTitle({ kind, sample }: Inspection): string {
  const what = kind === "job-executor" ? "where a need is, seen from the job" : "what it needs";
  const whose = sample.section === undefined ? "its defaults" : `the section ${sample.section}`;
  return `${what}, with ${whose}`;
}

function answersOf(item: Inspection, options: FormatOptions): readonly string[] {
  const { sample, answers, executor, kind } = item;
  if (sample.lacks.length > 0) {
    const text = `It needs settings first: ${sample.lacks.join("; ")}.`;
    return wrapText(text, options.columns - 2).map((line) => `  ${line}`);
  }
  if (executor === "direct") return ["  The job runs in this process: all is where it is."];
  if (answers.length === 0) return kind === "job-executor" ? [] : ["  Nothing."];
  const rows = answers.map((answer) => [answer.need, answer.sample, answerText(answer)]);
  return formatTable(answerColumns, rows, { ...options, indent: 2 });
}

const answerColumns = [
  { title: "need" },
  { title: "sample", shrink: "wrap" },
  { title: "answer", shrink: "wrap" },
] as const;

function answerText({ at, where, shared, refuse, remedy, throws }: SampleAnswer): string {
  if (throws !== undefined) return `throws ${throws}`;
  if (refuse !== undefined) return `refused: ${refuse}. ${remedy ?? ""}`.trim();
  if (at === undefined) return "";
  const place = where === undefined ? at : `${at} ${where}`;
  return shared === undefined ? place : `${place} (${sharedWords[`${shared}`]})`;
}

const sharedWords = {
  true: "shared",
  verify: "shared, the job proves it",
  false: "not shared",
} as const;
