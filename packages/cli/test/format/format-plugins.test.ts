import type {
  ExplainedStep,
  Inspection,
  ListedPlugin,
  TypeExplanation,
} from "@runnable/core/plugins";
import { expect, it } from "vitest";

import { formatPluginInspection } from "../../src/format/format-plugin-inspection.ts";
import { formatPluginWhy } from "../../src/format/format-plugin-why.ts";
import { formatPluginsList } from "../../src/format/format-plugins-list.ts";
import { textWidth } from "../../src/terminal/text-width.ts";
import { options } from "./example-run.ts";

const listed: ListedPlugin = {
  type: "hpc",
  aliases: ["queue"],
  kind: "job-executor",
  executor: "remote",
  package: "@acme/x",
  version: "1.0.0",
  scope: "dependency",
  name: "@acme/x:hpc",
  state: "ready",
};

it("lists plugins, and tells one fault of several types once", () => {
  const reason = "@acme/y is in package.json but not installed. Run: npm install";
  const absent = {
    ...listed,
    package: "@acme/y",
    version: "",
    state: "not-installed",
    reason,
  } as const;
  const plugins = [
    listed,
    { ...absent, type: "a", name: "@acme/y:a" },
    { ...absent, type: "b", name: "@acme/y:b" },
  ];

  expect(formatPluginsList(plugins, { ...options, cwd: "/project" })).toBe(`\
TYPE        KIND             PACKAGE        STATE
hpc, queue  remote executor  @acme/x 1.0.0  ready
a, queue    remote executor  @acme/y        not-installed
b, queue    remote executor  @acme/y        not-installed

@acme/y:a, @acme/y:b
  @acme/y is in package.json but not installed. Run: npm install
`);
});

function read(name: string, providesTypes: boolean): ExplainedStep {
  return { step: "read", file: `/project/${name}`, text: name, providesTypes };
}

it("tells the files without types between two others in one line", () => {
  const explained: TypeExplanation = {
    kind: "catalog",
    type: "shelf",
    steps: [
      read("a", true),
      read("b", false),
      read("c", false),
      read("d", false),
      read("e", true),
      read("f", false),
      { step: "rule", rule: "short-name", text: "1 provider: x:shelf", decides: true },
    ],
    decidedBy: "short-name",
    milliseconds: 1.26,
    found: { name: "x:shelf", version: "1.0.0", entry: "/project/x.js", via: ["y:shelf"] },
  };

  expect(formatPluginWhy([explained], { ...options, cwd: "/project" })).toBe(`\
shelf as catalog
  read  a  a
  read  3 package.json files without types
  read  e  e
  read  f  f
  rule  short-name: 1 provider: x:shelf
→ x:shelf 1.0.0 (by y:shelf)
  x.js
  decided by the rule short-name, in 1.3 ms
`);
});

const inspection: Inspection = {
  kind: "job-executor",
  type: "hpc",
  aliases: [],
  executor: "remote",
  package: "@acme/x",
  version: "1.0.0",
  name: "@acme/x:hpc",
  entry: "/project/hpc.js",
  via: [],
  importMilliseconds: 3.4,
  config: {
    documented: true,
    keys: [
      { key: "queue", type: "string", required: true, secret: false, description: "d ".repeat(60) },
      { key: "token", type: "string", required: false, secret: true, lockedBy: "@acme/y:hpc" },
    ],
  },
  sample: { lacks: [] },
  answers: [
    {
      need: "memory",
      sample: "memory of the submitter",
      refuse: "no ".repeat(40),
      remedy: "Stop.",
    },
    {
      need: "path",
      sample: "write the directory /d",
      at: "path",
      where: "/mnt/d",
      shared: "verify",
    },
  ],
  capabilities: ["find"],
  policies: [],
  warnings: [],
};

it("shows what a type can do within a terminal", () => {
  const text = formatPluginInspection(inspection, { ...options, cwd: "/project" });

  expect(Math.max(...text.split("\n").map(textWidth))).toBeLessThanOrEqual(80);
  expect(text).toContain("  module     hpc.js, imported in 3 ms\n");
  expect(text).toContain("required");
  expect(text).toMatch(/token +string +\(secret, locked by\s+@acme\/y:hpc\)/u);
  expect(text).toMatch(/path \/mnt\/d \(shared, the job/u);
});

it.each([
  [{ config: { documented: false, keys: [] } }, "undocumented"],
  [{ sample: { lacks: ['hpc needs the setting "queue"'] }, answers: [] }, "needs settings first"],
  [{ executor: "direct", answers: [] } as const, "runs in this process"],
  [{ sample: { section: "job-executor", lacks: [] } }, "with the section job-executor"],
])("says what is to be known of answers and settings: %j", (facts, words) => {
  const page = formatPluginInspection({ ...inspection, ...facts }, { ...options, cwd: "/project" });

  expect(page).toContain(words);
});
