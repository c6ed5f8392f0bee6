import { describe, expect, it } from "vitest";

import { commands } from "../../src/arguments/commands.ts";
import { formatCommandHelp, formatOverview } from "../../src/arguments/help.ts";
import { createStyle } from "../../src/terminal/style.ts";
import { textWidth } from "../../src/terminal/text-width.ts";

const help = { style: createStyle(false), columns: 80 };

describe("formatOverview", () => {
  it("lists every command for people, with what it is for", () => {
    const text = formatOverview(commands, help);

    for (const { name, summary } of commands.filter(({ hidden }) => hidden !== true)) {
      expect(text).toMatch(new RegExp(`^  ${name} .*  ${summary}$`, "m"));
    }
    expect(text).not.toContain("execute-job");
  });
});

describe("formatCommandHelp", () => {
  it.each(commands.map((command) => [command.name, command] as const))(
    "says every option of %s within 80 columns",
    (_, command) => {
      const text = formatCommandHelp(command, help);

      for (const option of Object.keys(command.options)) expect(text).toContain(`--${option}`);
      expect(Math.max(...text.split("\n").map(textWidth))).toBeLessThanOrEqual(80);
    },
  );

  it("keeps the same columns with colours", () => {
    const command = commands[0]!;

    const coloured = formatCommandHelp(command, { ...help, style: createStyle(true) });

    expect(coloured.split("\n").map(textWidth)).toEqual(
      formatCommandHelp(command, help).split("\n").map(textWidth),
    );
    expect(coloured).toContain("\u001b[1m");
  });
});
