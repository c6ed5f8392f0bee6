import path from "node:path";

import type { Need, Placement, Refusal, StoreNeed } from "@runnable/plugin";

import type { Config } from "../configure/config.ts";
import type { Definition } from "../resolve/factory.ts";

/** What becomes of a need. */
export interface SampleAnswer {
  /** `path`, `endpoint`, `values`, `files`, `memory`, or a plugin's own. */
  readonly need: string;
  /** What it is asked for, for people. */
  readonly sample: string;
  /** Where it is, seen from the job: `path`, `endpoint`, `relay`, `stdin`, `environment`. */
  readonly at?: string;
  /** Path or URL over there. */
  readonly where?: string;
  /** Whether the job sees what the submitter sees; `verify`: it has to prove that. */
  readonly shared?: boolean | "verify";
  readonly refuse?: string;
  readonly remedy?: string;
  /** Code of the error that the plugin threw in place of an answer. */
  readonly throws?: string;
}

/** Settings to ask with. */
export interface SampleSettings {
  /** Validated. */
  readonly settings: unknown;
  /** Values that no answer may show. */
  readonly secrets: readonly string[];
  readonly config: Config;
}

/** A remote executor's answers to one need of each kind, or a store's own needs. A direct executor answers nothing. */
export function sampleAnswers(
  definition: Definition,
  sample: SampleSettings,
): readonly SampleAnswer[] {
  const answers = attempt(() => answersOf(definition, sample));
  return answers.map((answer) => hidden(answer, sample.secrets));
}

function answersOf(
  definition: Definition,
  { settings, config: { projectDirectory } }: SampleSettings,
): readonly SampleAnswer[] {
  if (definition.service !== "job-executor") {
    const needs = definition.definition.needs(settings, { baseDirectory: projectDirectory });
    return needs.map((need) => ({ need: need.kind, sample: describeNeed(need) }));
  }
  if (definition.kind === "direct") return [];
  const { place } = definition.definition;
  const ctx = {
    config: settings,
    runId: "sample",
    attempt: 1,
    name: "rn-sample-0-a1",
    projectDirectory,
  };
  return sampleNeeds(projectDirectory).flatMap((need) => {
    const asked = { need: need.kind, sample: describeNeed(need) };
    return attempt(() => [describeAnswer(place(need, ctx))]).map((answer) => ({
      ...answer,
      ...asked,
    }));
  });
}

/** One need of each kind that every executor should know. */
function sampleNeeds(projectDirectory: string): readonly Need[] {
  return [
    {
      id: "run-log",
      role: "run-log",
      access: "write",
      kind: "path",
      path: path.join(projectDirectory, ".run_log_store"),
      what: "directory",
    },
    {
      id: "catalog",
      role: "catalog",
      access: "write",
      kind: "endpoint",
      url: "https://storage.example/bucket",
    },
    { id: "secrets", role: "secrets", access: "read", kind: "values", names: ["TOKEN"] },
    { id: "code", role: "code", access: "read", kind: "files", bytes: 1024 * 1024 },
    { id: "run-log", role: "run-log", access: "write", kind: "memory" },
  ];
}

function describeNeed(need: StoreNeed): string {
  switch (need.kind) {
    case "path":
      return `${need.access} the ${need.what} ${need.path}`;
    case "endpoint":
      return `${need.access} ${need.url}`;
    case "values":
      return `secret values: ${need.names.join(", ") || "none"}`;
    case "files":
      return "the payload, 1 MiB";
    case "memory":
      return "memory of the submitter";
    default:
      // A plugin may declare kinds of its own.
      return "a need of a kind of its own";
  }
}

function describeAnswer(answer: Placement | Refusal): Omit<SampleAnswer, "need" | "sample"> {
  if ("refuse" in answer) return { refuse: answer.refuse, remedy: answer.remedy };
  const { at } = answer;
  if (at === "path") return { at, where: answer.path, shared: answer.shared };
  if (at === "endpoint") return { at, where: answer.url, shared: answer.shared };
  return { at };
}

/** An error's text may hold a setting's value; its code does not. */
function attempt<T extends object>(
  make: () => readonly T[],
): readonly (T | { readonly need: string; readonly sample: string; readonly throws: string })[] {
  try {
    return make();
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "an error";
    return [{ need: "", sample: "", throws: code }];
  }
}

function hidden(answer: SampleAnswer, secrets: readonly string[]): SampleAnswer {
  const entries = Object.entries(answer).map(([key, value]) => [
    key,
    typeof value === "string"
      ? secrets.reduce((text, secret) => text.replaceAll(secret, "***"), value)
      : value,
  ]);
  return Object.fromEntries(entries) as SampleAnswer;
}
