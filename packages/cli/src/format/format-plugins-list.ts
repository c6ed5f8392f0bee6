import path from "node:path";

import { kindWords, type ListedPlugin } from "@runnable/core/plugins";

import { formatTable } from "../terminal/format-table.ts";
import type { Style } from "../terminal/style.ts";
import { wrapText } from "../terminal/text-width.ts";
import type { FormatOptions } from "./format-options.ts";

/** A plugin as it was listed, or, where its import was tried, `fails`. */
export type CheckedPlugin = Omit<ListedPlugin, "state"> & {
  readonly state: ListedPlugin["state"] | "fails";
};

/** Paths below `cwd` are relative to it. */
type ListOptions = FormatOptions & { readonly cwd: string };

/** A table of types, and below it what is wrong with each that is not ready. */
export function formatPluginsList(plugins: readonly CheckedPlugin[], options: ListOptions): string {
  const { style } = options;
  const rows = plugins.map((plugin) => [
    plugin.type === "" ? "–" : [plugin.type, ...plugin.aliases].join(", "),
    kindOf(plugin),
    packageOf(plugin),
    colourOf(plugin.state, style)(plugin.state),
  ]);
  const notes = notesOf(plugins, options);
  const table = formatTable(columns, rows, options);
  return `${[...table, ...(notes.length > 0 ? ["", ...notes] : [])].join("\n")}\n`;
}

const columns = [
  { title: "type", shrink: "wrap" },
  { title: "kind", shrink: "wrap" },
  { title: "package", shrink: "wrap" },
  { title: "state" },
] as const;

function kindOf({ kind, executor }: CheckedPlugin): string {
  if (!kind) return "";
  return executor ? `${executor} ${kindWords[kind]}` : kindWords[kind];
}

function packageOf({ package: name, version, scope }: CheckedPlugin): string {
  if (scope === "built-in") return "built in";
  return name === "" ? "this project" : `${name} ${version}`.trimEnd();
}

function colourOf(state: CheckedPlugin["state"], style: Style): (text: string) => string {
  if (state === "ready") return style.green;
  if (state === "deprecated" || state === "shadowed" || state === "reserved") return style.yellow;
  return style.red;
}

/** What is to be said of types, each text once with all that it is said of. */
function notesOf(
  plugins: readonly CheckedPlugin[],
  { style, columns: room, cwd }: ListOptions,
): readonly string[] {
  const subjects = new Map<string, Set<string>>();
  const say = (text: string | undefined, subject: string) => {
    if (text === undefined) return;
    subjects.set(text, (subjects.get(text) ?? new Set()).add(subject));
  };
  for (const { state, reason, warning, name, package: from } of plugins) {
    if (state !== "ready") say(reason, name);
    say(warning, from);
  }
  return [...subjects].flatMap(([text, names]) => [
    style.bold([...names].join(", ")),
    ...wrapText(text.replaceAll(`${cwd}${path.sep}`, ""), room - 2).map((line) => `  ${line}`),
  ]);
}
