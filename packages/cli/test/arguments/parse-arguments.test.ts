import { describe, expect, it } from "vitest";

import { commands } from "../../src/arguments/commands.ts";
import type { Invocation } from "../../src/arguments/invocation.ts";
import { parseArguments, type ParsedArguments } from "../../src/arguments/parse-arguments.ts";

function parse(...argv: readonly string[]): ParsedArguments {
  return parseArguments(argv, commands);
}

function invocationOf(...argv: readonly string[]): Invocation {
  const parsed = parse(...argv);
  if (parsed.kind !== "invocation") throw new Error(`No invocation: ${JSON.stringify(parsed)}`);
  return parsed.invocation;
}

describe("parseArguments", () => {
  it("reads options between, before and after the words of a command", () => {
    const invocation = invocationOf(
      ..."-C sub run -p a=1 train.job.ts --config=c.yaml -p b=x=y --json --tag t --tag u".split(
        " ",
      ),
    );

    expect(invocation.command.name).toBe("run");
    expect(invocation.positionals).toEqual(["train.job.ts"]);
    expect(invocation.directory).toBe("sub");
    expect(invocation.json).toBe(true);
    expect(invocation.debug).toBe(false);
    expect(invocation.texts("parameter")).toEqual(["a=1", "b=x=y"]);
    expect(invocation.text("config")).toBe("c.yaml");
    expect(invocation.text("tag")).toBe("u");
    expect(invocation.flag("detach")).toBe(false);
    expect(invocation.text("executor")).toBeUndefined();
  });

  it.each([
    ["spaces", "p=a b"],
    ["quotes", `p="it's"`],
    ["a substitution", "p=$(rm -rf /)"],
    ["a newline", "p=a\nb"],
    ["é", "p=é"],
    ["an empty value", "p="],
  ])("leaves a parameter with %s as it is", (_, parameter) => {
    expect(invocationOf("run", "a.ts", "-p", parameter).texts("parameter")).toEqual([parameter]);
  });

  it.each([
    [["runs"], "runs list"],
    [["runs", "-n", "5"], "runs list"],
    [["-C", "runs", "runs"], "runs list"],
    [["runs", "show", "latest"], "runs show"],
    [["catalog", "get", "abc", "*.svg"], "catalog get"],
    [
      ["execute-job", "j.ts", "run_123", "--config", "c.yaml", "--parameters", "p.yaml"],
      "execute-job",
    ],
  ])("finds the command of %j", (argv, name) => {
    expect(invocationOf(...argv).command.name).toBe(name);
  });

  it.each([
    [["rnu", "a.ts"], 'There is no command "rnu"', "Did you mean `runnable run`?"],
    [["runs", "shwo"], 'There is no command "runs shwo"', "Did you mean `runnable runs show`?"],
    [["frobnicate"], 'There is no command "frobnicate"', undefined],
    [
      ["run", "a.ts", "--exectuor", "x"],
      "There is no option --exectuor",
      "Did you mean --executor?",
    ],
    [["run", "a.ts", "-x"], "There is no option -x", undefined],
    [["--jsno", "run", "a.ts"], "There is no option --jsno", "Did you mean --json?"],
    [["run", "a.ts", "--config"], "--config needs a value: --config FILE", undefined],
    [["run", "a.ts", "--json=yes"], "--json takes no value", undefined],
    [["run", "a.ts", "b.ts"], '`runnable run` does not know what to do with "b.ts"', undefined],
    [["run", "a.ts", "--", "b"], "`runnable run` takes nothing after --", undefined],
    [
      ["catalog"],
      "`runnable catalog` is not all",
      "Use `runnable catalog list` or `runnable catalog get`.",
    ],
  ])("refuses %j", (argv, message, hint) => {
    const parsed = parse(...argv);

    expect(parsed).toMatchObject({ kind: "usage", message });
    expect(parsed.kind === "usage" && parsed.hint).toBe(hint);
  });

  it("takes no option for the value of another, unless it is joined to it", () => {
    expect(parse("run", "a.ts", "--config", "--json")).toMatchObject({ kind: "usage" });
    expect(invocationOf("run", "a.ts", "--config=--json").text("config")).toBe("--json");
    expect(invocationOf("run", "a.ts", "-p-1").texts("parameter")).toEqual(["-1"]);
  });

  it("says which word is missing", () => {
    const parsed = parse("run");

    expect(parsed).toMatchObject({ kind: "usage", message: expect.stringContaining("needs JOB") });
  });

  it("gives words after -- to a command that takes them", () => {
    const command = { ...commands[0]!, rest: "Words for the job" };

    const parsed = parseArguments(["run", "a.ts", "--", "-p", "x"], [command]);

    expect(parsed).toMatchObject({ kind: "invocation", invocation: { rest: ["-p", "x"] } });
  });

  it.each([
    [[], commands.length, undefined],
    [["--help"], commands.length, undefined],
    [["help"], commands.length, undefined],
    [["runs", "--help"], 2, "runs"],
    [["run", "-h"], 1, undefined],
    [["help", "catalog", "get"], 1, undefined],
    [["run", "a.ts", "--help"], 1, undefined],
  ])("helps on %j", (argv, count, topic) => {
    const parsed = parse(...argv);

    expect(parsed.kind === "help" && parsed.commands.length).toBe(count);
    expect(parsed.kind === "help" && parsed.topic).toBe(topic);
  });

  it("tells the version", () => {
    expect(parse("--version")).toEqual({ kind: "version" });
  });
});
