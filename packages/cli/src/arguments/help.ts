import type { Style } from "../terminal/style.ts";
import { padText, textWidth, wrapText } from "../terminal/text-width.ts";
import { globalOptions, type Command, type OptionSpecs } from "./command.ts";

/** How help is written. */
export interface HelpStyle {
  readonly style: Style;
  /** Columns of the terminal. */
  readonly columns: number;
}

/** Help for all commands, or for those that begin with `topic`. */
export function formatOverview(
  commands: readonly Command[],
  help: HelpStyle,
  topic?: string,
): string {
  const { style } = help;
  const visible = commands.filter(({ hidden }) => hidden !== true);
  const rows = visible.map((command) => [synopsis(command, style), command.summary] as const);
  const name = topic === undefined ? "runnable" : `runnable ${topic}`;
  const title =
    topic === undefined
      ? [`${style.bold("runnable")} runs a job wherever the configuration says`, ""]
      : [];
  const footer = [
    `\`${name} <command> --help\` tells more about a command${topic === undefined ? ", `runnable --version` the version" : ""}.`,
  ];
  return lines([
    ...title,
    `${style.bold("Usage")}  ${name} <command> [options]`,
    "",
    style.bold("Commands"),
    ...columnsOf(rows, help),
    "",
    style.bold("Options of every command"),
    ...columnsOf(optionRows(globalOptions, style), help),
    "",
    ...footer,
  ]);
}

/** Help for one command. */
export function formatCommandHelp(command: Command, help: HelpStyle): string {
  const { style } = help;
  const positionals = command.positionals.map(
    ({ name, description }) => [name, description] as const,
  );
  const rest = command.rest === undefined ? [] : [["-- …", command.rest] as const];
  const examples = (command.examples ?? []).flatMap(({ command: example, description }) => [
    `  ${style.dim(`# ${description}`)}`,
    `  ${style.cyan(`runnable ${example}`)}`,
  ]);
  const description =
    command.description === undefined ? [] : ["", ...wrapText(command.description, help.columns)];
  return lines([
    `${style.bold(`runnable ${command.name}`)}: ${command.summary}`,
    ...description,
    "",
    `${style.bold("Usage")}  runnable ${usage(command)}`,
    ...section("Arguments", columnsOf([...positionals, ...rest], help), style),
    ...section("Options", columnsOf(optionRows(command.options, style), help), style),
    ...section(
      "Options of every command",
      columnsOf(optionRows(globalOptions, style), help),
      style,
    ),
    ...section("Examples", examples, style),
  ]);
}

function lines(texts: readonly string[]): string {
  return `${texts.join("\n")}\n`;
}

function section(title: string, body: readonly string[], style: Style): readonly string[] {
  return body.length === 0 ? [] : ["", style.bold(title), ...body];
}

function usage(command: Command): string {
  const options = Object.keys(command.options).length > 0 ? ["[options]"] : [];
  const rest = command.rest === undefined ? [] : ["[-- …]"];
  return [command.name, ...placeholders(command), ...options, ...rest].join(" ");
}

function synopsis(command: Command, style: Style): string {
  return [command.name, ...placeholders(command).map((name) => style.dim(name))].join(" ");
}

function placeholders(command: Command): readonly string[] {
  return command.positionals.map(({ name, optional }) => (optional === true ? `[${name}]` : name));
}

function optionRows(specs: OptionSpecs, style: Style): readonly (readonly [string, string])[] {
  return Object.entries(specs).map(([name, { short, value, multiple, description }]) => {
    const dashes = short === undefined ? `    --${name}` : `-${short}, --${name}`;
    const placeholder = value === undefined ? "" : ` ${style.dim(value)}`;
    return [dashes + placeholder + (multiple === true ? style.dim(" …") : ""), description];
  });
}

/** Two columns: the first as wide as it needs, the second wrapped. */
function columnsOf(
  rows: readonly (readonly [string, string])[],
  { columns }: HelpStyle,
): readonly string[] {
  const width = Math.max(0, ...rows.map(([first]) => textWidth(first)));
  const indent = width + 4;
  return rows.flatMap(([first, second]) =>
    wrapText(second, Math.max(24, columns - indent)).map((line, index) =>
      index === 0 ? `  ${padText(first, width)}  ${line}` : `${" ".repeat(indent)}${line}`,
    ),
  );
}
