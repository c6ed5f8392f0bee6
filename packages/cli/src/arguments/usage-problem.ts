import type { Command } from "./command.ts";

/** A command line that makes no sense; exit code 2. */
export interface UsageProblem {
  readonly kind: "usage";
  /** One sentence without full stop. */
  readonly message: string;
  /** What to do, if more can be said than "see the help". */
  readonly hint?: string;
  /** Whose help would tell. */
  readonly command?: Command;
}

/** A problem with what was typed. */
export function usageProblem(message: string, suggestion?: string): UsageProblem {
  return {
    kind: "usage",
    message,
    ...(suggestion !== undefined && { hint: `Did you mean ${suggestion}?` }),
  };
}
