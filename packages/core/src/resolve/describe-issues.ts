import type { Json, JsonObject, Schema, SchemaIssue } from "@runnable/plugin";

import { closestName } from "../jobs/closest-name.ts";
import type { ConfigFinding } from "./config-finding.ts";
import { expectationOf, type IssueFacts } from "./issue-expectation.ts";
import { keysAt } from "./schemas-below.ts";
import { writtenAt } from "./written-config.ts";

/** Settings and what they were validated by. */
export interface Validated {
  readonly config: JsonObject;
  readonly schema: Schema;
  readonly type: string;
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
  const what = expectationOf(facts) ?? safeMessage(issue.message, value, validated.config);
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
