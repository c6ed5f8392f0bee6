import { expect } from "vitest";

import type { CommandEnd } from "./copied-project.ts";

/** What a command that refuses must say. */
export interface Refusal {
  /** Default 78. */
  readonly exitCode?: number;
  /** Codes of all errors, in order. */
  readonly codes: readonly string[];
}

/** Value to put where it must not come out again. */
export const canary = "canary-7f3a";

/** The command ended with these errors, said what to do, and showed neither a stack nor the {@link canary}. */
export function expectRefusal(end: CommandEnd, { exitCode = 78, codes }: Refusal): void {
  const said = { exitCode: end.code, codes: codesIn(end.stderr) };
  expect(said, end.stderr).toEqual({ exitCode, codes });
  expect(end.stderr).not.toMatch(/^\s+at .+:\d+:\d+\)?$/m);
  expect(end.stdout + end.stderr).not.toContain(canary);
}

/** Codes of the errors that a command printed. */
export function codesIn(text: string): readonly string[] {
  return [...text.matchAll(/^error\[(\w+)\]/gm)].map(([, code = ""]) => code);
}
