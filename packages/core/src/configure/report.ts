import path from "node:path";

import { RunnableError } from "@runnable/plugin";

import type { ConfigProblem } from "./config.ts";

/**
 * Problems for people, one after another:
 *
 *     error[CONFIG_UNKNOWN_KEY]: "queu" is not a setting of my-platform
 *       runnable-config.yaml:4:5  job-executor.config.queu
 *       Did you mean "queue"?
 *
 * Files below `cwd` are relative to it.
 */
export function formatProblems(
  problems: readonly ConfigProblem[],
  cwd: string,
  severity: "error" | "warning" = "error",
): string {
  return problems.map((problem) => `${severity}${formatProblem(problem, cwd)}`).join("\n");
}

/** The error for a configuration that has problems. Its message holds all of them. */
export function configError(problems: readonly ConfigProblem[], cwd: string): RunnableError {
  const count = problems.length === 1 ? "a problem" : `${problems.length} problems`;
  const message = `the configuration has ${count}\n${formatProblems(problems, cwd)}`;
  return new RunnableError("CONFIG_INVALID", message, { exitCode: 78 });
}

function formatProblem(
  { code, message, hint, path: keys, position }: ConfigProblem,
  cwd: string,
): string {
  const file = position && `${below(position.file, cwd)}:${position.line}:${position.column}`;
  const where = [file, keys?.join(".")].filter((part) => part).join("  ");
  const lines = [where, ...(hint?.split("\n") ?? [])].filter((line) => line !== "");
  return [`[${code}]: ${message}`, ...lines.map((line) => `  ${line}`)].join("\n");
}

function below(file: string, cwd: string): string {
  const relative = path.relative(cwd, file);
  return relative.startsWith("..") || path.isAbsolute(relative) ? file : relative;
}
