import type { Json, JsonObject, Schema, SchemaIssue } from "@runnable/plugin";

import { closestName } from "../jobs/closest-name.ts";
import type { ConfigFinding } from "./config-finding.ts";
import { keysAt } from "./schema-shape.ts";
import { writtenAt } from "./written-config.ts";

/** Settings and what they were validated by. */
export interface Validated {
  readonly config: JsonObject;
  readonly schema: Schema;
  readonly type: string;
}

/** What schema libraries add to an issue; all of it optional, since Standard Schema promises only message and path. */
interface IssueFacts {
  readonly code?: unknown;
  readonly keys?: unknown;
  readonly expected?: unknown;
  readonly values?: unknown;
  readonly minimum?: unknown;
  readonly maximum?: unknown;
  readonly inclusive?: unknown;
  readonly origin?: unknown;
  readonly format?: unknown;
  readonly pattern?: unknown;
}

type Path = readonly (string | number)[];

/** Problems for people. Keys are named, values never: messages of several libraries repeat what they were given. */
export function describeIssues(
  issues: readonly SchemaIssue[],
  validated: Validated,
): readonly ConfigFinding[] {
  return issues.flatMap((issue) => describe(issue, validated));
}

function describe(issue: SchemaIssue, validated: Validated): readonly ConfigFinding[] {
  const path = pathOf(issue);
  const facts = issue as IssueFacts;
  if (facts.code === "unrecognized_keys" && isTexts(facts.keys)) {
    return facts.keys.map((key) => unknownKey([...path, key], validated));
  }
  if (facts.expected === "never" && path.length > 0) return [unknownKey(path, validated)];
  const value = writtenAt(validated.config, path);
  if (value === undefined && path.length > 0) return [missing(path, validated)];
  const what = expectation(facts) ?? safeMessage(issue.message, value, validated.config);
  const name = path.length === 0 ? "the config" : `"${path.join(".")}"`;
  return [{ code: "CONFIG_VALUE", message: `${name} ${what}`, path }];
}

/** The problem of a key that a schema does not know. */
export function unknownKey(path: Path, { schema, type }: Validated): ConfigFinding {
  const key = String(path.at(-1));
  const known = keysAt(schema, path.slice(0, -1));
  const near = known && closestName(key, known);
  const hint =
    near === undefined ? known && `Settings are: ${known.join(", ")}.` : `Did you mean "${near}"?`;
  return {
    code: "CONFIG_UNKNOWN_KEY",
    message: `"${path.join(".")}" is not a setting of ${type}`,
    path,
    ...(hint !== undefined && { hint }),
  };
}

function missing(path: Path, { type }: Validated): ConfigFinding {
  return {
    code: "CONFIG_MISSING_KEY",
    message: `${type} needs the setting "${path.join(".")}"`,
    path,
  };
}

function expectation(facts: IssueFacts): string | undefined {
  if (Array.isArray(facts.values)) {
    return `must be one of ${facts.values.map((value) => JSON.stringify(value)).join(", ")}`;
  }
  if (facts.code === "too_small" || facts.code === "too_big") return size(facts);
  if (facts.code === "invalid_format" && typeof facts.format === "string") {
    return facts.format === "regex"
      ? `must match ${String(facts.pattern)}`
      : `must be a valid ${facts.format}`;
  }
  if (facts.code === "invalid_type" && typeof facts.expected === "string") {
    return `must be ${article(facts.expected)}`;
  }
  return undefined;
}

function size({ code, minimum, maximum, inclusive, origin }: IssueFacts): string {
  const bound = String(code === "too_small" ? minimum : maximum);
  const than = code === "too_small" ? "more than" : "less than";
  const at = code === "too_small" ? "at least" : "at most";
  const unit = origin === "string" ? " characters" : origin === "array" ? " items" : "";
  return `must ${unit ? "have" : "be"} ${inclusive === false ? than : at} ${bound}${unit}`;
}

const words: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a map",
  record: "a map",
};

function article(expected: string): string {
  return words[expected] ?? `of type ${expected}`;
}

// A message that repeats any of the values is not used: it may be a secret one.
function safeMessage(message: string, value: Json | undefined, config: JsonObject): string {
  const values = new Set([
    ...leavesOf(config).filter((leaf) => leaf.length >= 4),
    ...leavesOf(value),
  ]);
  const repeats = [...values].some((leaf) => leaf !== "" && message.includes(leaf));
  if (repeats || message === "" || message === "Invalid input") return "is not valid";
  return `is not valid: ${message}`;
}

function leavesOf(value: Json | undefined): readonly string[] {
  if (typeof value === "object" && value !== null) return Object.values(value).flatMap(leavesOf);
  return value === undefined || value === null ? [] : [String(value)];
}

function pathOf(issue: SchemaIssue): Path {
  return (issue.path ?? []).map((part) => {
    const key = typeof part === "object" ? part.key : part;
    return typeof key === "number" ? key : String(key);
  });
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}
