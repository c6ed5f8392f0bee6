import { afterAll, beforeAll, describe, expect, it } from "vitest";

import type { JobProject } from "../support/job-project.ts";
import { makeEditorProject } from "./editor-project.ts";
import { openEditor, type Completion, type Editor } from "./editor.ts";

const modeline = "# yaml-language-server: $schema=./runnable.schema.json";

let project: JobProject;
let editor: Editor;
let warnings: string;

beforeAll(async () => {
  project = await makeEditorProject();
  const end = await project.runnable(["config", "schema", "--output", "runnable.schema.json"]);
  warnings = end.stderr;
  editor = await openEditor(project.directory);
});

afterAll(async () => {
  await editor[Symbol.asyncDispose]();
  await project[Symbol.asyncDispose]();
});

function file(...lines: readonly string[]): string {
  return [modeline, ...lines].join("\n");
}

function labels(completions: readonly Completion[]): readonly string[] {
  return completions.map(({ label }) => label);
}

it("warns of a plugin that can't be imported, and documents the others", () => {
  expect(warnings).toContain("PLUGIN_IMPORT_FAILED");
  expect(warnings).toContain("@acme/broken");
});

describe("an editor with the real yaml-language-server", () => {
  it("offers every section once", async () => {
    const offered = labels(await editor.completionsIn(file("|")));

    expect(offered.toSorted()).toEqual([
      "$import",
      "catalog",
      "job-executor",
      "job-executors",
      "plugins",
      "run-log-store",
      "secrets",
    ]);
  });

  it("offers the installed types, those that are commonly written first, with who provides them", async () => {
    const offered = await editor.completionsIn(file("job-executor:", "  type: |"));

    expect(labels(offered)).toEqual([
      "hpc",
      "cluster",
      "prod",
      "local",
      "emulator",
      '"@acme/hpc:hpc"',
      '"@acme/prod:prod"',
      '"@runnable/local:local"',
      '"@runnable/local:emulator"',
    ]);
    expect(offered[0]?.documentation).toContain("@acme/hpc");
    expect(offered[2]?.documentation).toContain("Deprecated");
  });

  it.each([
    ["hpc", ["api_endpoint", "queue_name", "priority", "cores", "token", "network"]],
    ["cluster", ["api_endpoint", "queue_name", "priority", "cores", "token", "network"]],
    ['"@acme/hpc:hpc"', ["api_endpoint", "queue_name", "priority", "cores", "token", "network"]],
    ["prod", ["api_endpoint", "priority", "cores", "token", "network"]],
    ["local", ["isolated", "mock"]],
  ])("offers the settings of %s", async (type, keys) => {
    const offered = await editor.completionsIn(
      file("job-executor:", `  type: ${type}`, "  config:", "    |"),
    );

    expect(labels(offered).toSorted()).toEqual(keys.toSorted());
    expect(
      offered.filter(({ documentation }) => documentation === "").map(({ label }) => label),
    ).toEqual(keys.filter((key) => key === "network"));
  });

  it("offers the settings of a type in job-executors, and below a setting", async () => {
    const settings = await editor.completionsIn(
      file("job-executors:", "  hpc:", "    config:", "      network:", "        |"),
    );
    const stores = await editor.completionsIn(
      file("run-log-store:", "  type: sql", "  config:", "    connection:", "      |"),
    );

    expect(settings).toEqual([{ label: "proxy", documentation: "Host of the proxy." }]);
    expect(stores).toEqual([{ label: "host", documentation: "Name of its machine." }]);
  });

  it("offers the values of a setting", async () => {
    const offered = await editor.completionsIn(
      file("job-executor:", "  type: hpc", "  config:", "    priority: |"),
    );

    expect(labels(offered)).toEqual(["low", "high"]);
  });

  it.each([
    ["a section", ["job-exe|cutor:", "  type: local"], "Where the job runs."],
    ["a type", ["run-log-store:", "  type: s|ql"], "A database (@acme/stores)"],
    [
      "a setting, its default too",
      ["job-executor:", "  type: hpc", "  config:", "    prio|rity: low"],
      'Who goes first.\n\nDefault: `"low"`',
    ],
    [
      "a setting of a schema file",
      ["run-log-store:", "  type: sql", "  config:", "    conn|ection:", "      host: a"],
      "How the database is reached.",
    ],
  ])("shows the documentation of %s", async (_, lines, text) => {
    expect(await editor.hoverIn(file(...lines))).toContain(text);
  });

  it("says where a type is deprecated", async () => {
    const found = await editor.diagnosticsOf(
      file("job-executor:", "  type: prod", "  config:", "    api_endpoint: https://acme.test"),
    );

    expect(found).toEqual([{ line: 3, message: 'Deprecated since 1.0. Use "hpc".' }]);
  });
});

/** Lines that are underlined in the editor, and those that `config check` refuses. */
async function linesOf(text: string) {
  await project.write("checked.yaml", text);
  const { stdout } = await project.runnable(["config", "check", "-c", "checked.yaml", "--json"], {
    RUNNABLE_VAR_NAME: "high",
  });
  const { problems } = JSON.parse(stdout) as { readonly problems: readonly { line: number }[] };
  const found = await editor.diagnosticsOf(text);
  const errors = found.filter(({ message }) => !message.startsWith("Deprecated"));
  return { editor: linesIn(errors), command: linesIn(problems) };
}

function linesIn(found: readonly { readonly line: number }[]): readonly number[] {
  return [...new Set(found.map(({ line }) => line))].toSorted((a, b) => a - b);
}

describe("the editor and `config check` agree", () => {
  const needed = ["    api_endpoint: https://acme.test", "    queue_name: long"];
  const hpc = ["job-executor:", "  type: hpc", "  config:", ...needed];

  it.each([
    ["defaults", []],
    ["sections without content", ["catalog:", "job-executors:", "plugins:"]],
    ["all that is needed", hpc],
    ["a variable in place of a text with a form", [...hpc, "    priority: ${NAME}"]],
    ["the other spelling", ["run_log_store:", "  type: chunked-fs", "  config:"]],
    ["plugins as a list", ['plugins: ["@acme/hpc"]']],
    [
      "plugins as a map",
      ["plugins:", '  allow: ["*"]', "  packages: []", '  resolve: { hpc: "@acme/hpc:hpc" }'],
    ],
    [
      "settings by type",
      ["job-executors:", "  hpc:", "    config:", ...needed.map((l) => `  ${l}`)],
    ],
    ["what a file brings", ["$import: ./base.yaml", "job-executor:", "  config:", "    cores: 2"]],
    ["what a file brings to a section", ["job-executor:", "  $import: ./hpc.yaml"]],
    [
      "what a file brings to settings",
      ["job-executor:", "  type: hpc", "  config:", "    $import: ./settings.yaml"],
    ],
    ["a section of the original tool", ["pipeline-executor:", "  type: local"]],
    [
      "an anchor",
      [
        "catalog: { type: do-nothing, config: &all {} }",
        "job-executors: { local: { config: *all } }",
      ],
    ],
  ])("that %s is right", async (_, lines) => {
    const settings = needed.map((line) => line.trim());
    await project.write("settings.yaml", settings.join("\n"));
    await project.write("hpc.yaml", ["type: hpc", "config:", ...needed].join("\n"));
    await project.write("base.yaml", hpc.join("\n"));

    expect(await linesOf(file(...lines))).toEqual({ editor: [], command: [] });
  });

  it.each([
    ["an unknown section", ["job-executer: {}"], [2]],
    ["an unknown key of a section", ["catalog:", "  type: do-nothing", "  confi: {}"], [4]],
    ["an unknown type", ["secrets:", "  type: dotenvv"], [3]],
    ["a type of another section", ["secrets:", "  type: hpc"], [3]],
    ["a section without a type", ["catalog:", "  config: {}"], [2]],
    ["an unknown setting", [...hpc, "    queue: long"], [7]],
    ["a number that a variable gives", [...hpc, "    cores: ${NAME}"], [7]],
    ["a value that is no choice", [...hpc, "    priority: middle"], [7]],
    ["a setting that is missing further down", [...hpc, "    network: {}"], [7]],
    [
      "a locked setting",
      ["job-executor:", "  type: prod", "  config:", needed[0] ?? "", "    queue_name: a"],
      [6],
    ],
    ["settings by an unknown type", ["job-executors:", "  slrm: {}"], [3]],
    ["a wrong setting by type", ["job-executors:", "  local: { config: { isolatd: true } }"], [3]],
    ["a list of plugins that is none", ["plugins: { allow: all }"], [2]],
    [
      "a section of the original tool that means something",
      ["pipeline-executor: { type: argo }"],
      [2],
    ],
  ])("that %s is wrong, and where", async (_, lines, wrong) => {
    const found = await linesOf(file(...lines));

    expect(found).toEqual({ command: wrong, editor: wrong });
  });
});
