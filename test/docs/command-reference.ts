import {
  globalOptions,
  type Command,
  type OptionSpecs,
} from "../../packages/cli/src/arguments/command.ts";

/** Where the generated part of docs/command-line.md begins. */
export const marker = "<!-- From here on made by `node test/docs/write-command-line.ts`. -->\n";

/** Every command for people, as a part of a page. */
export function commandReference(commands: readonly Command[]): string {
  const shown = commands.filter(({ hidden }) => hidden !== true);
  return `${marker}\n${shown.map(section).join("\n")}\n${everyCommand()}`;
}

function section(command: Command): string {
  const { name, summary, description, positionals, options } = command;
  const words = positionals.map((one) => (one.optional ? `[${one.name}]` : one.name));
  const usage = ["runnable", name, ...words].join(" ");
  const shorter = command.isDefault ? ` \`runnable ${name.split(" ")[0]}\` is short for it.` : "";
  return [
    `## ${name}\n`,
    `${summary}.${description === undefined ? "" : ` ${description}`}${shorter}\n`,
    `    ${usage}\n`,
    table(
      "argument",
      positionals.map((one) => [`\`${one.name}\``, one.description]),
    ),
    table("option", Object.entries(options).map(optionRow)),
    (command.examples ?? []).map(exampleLine).join(""),
  ]
    .filter((part) => part !== "")
    .join("\n");
}

function everyCommand(): string {
  const rows = Object.entries(globalOptions).map(optionRow);
  return `## Options of every command\n\n${table("option", rows)}`;
}

function optionRow([name, option]: [string, OptionSpecs[string]]): [string, string] {
  const short = option.short === undefined ? "" : `-${option.short}, `;
  const value = option.value === undefined ? "" : ` ${option.value}`;
  const often = option.multiple ? " May be given several times." : "";
  return [`\`${short}--${name}${value}\``, `${option.description}.${often}`];
}

function table(head: string, rows: readonly (readonly [string, string])[]): string {
  if (rows.length === 0) return "";
  const lines = rows.map(([left, right]) => `| ${left} | ${right.replaceAll("|", "\\|")} |`);
  return [`| ${head} | |`, "|---|---|", ...lines, ""].join("\n");
}

function exampleLine(example: { readonly command: string; readonly description: string }): string {
  return `    runnable ${example.command}    # ${example.description}\n`;
}
