import type { ConfigCheck, ConfigProblem } from "@runnable/core/config";

/** A problem as `config check --json` tells it: with its place beside its path. */
interface ProblemLine extends Omit<ConfigProblem, "position"> {
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
}

/** What `config check --json` prints. */
export interface ConfigCheckLine extends Omit<ConfigCheck, "problems" | "warnings"> {
  readonly valid: boolean;
  readonly problems: readonly ProblemLine[];
  readonly warnings: readonly ProblemLine[];
}

/** A check for programs. */
export function configCheckLine({ problems, warnings, ...check }: ConfigCheck): ConfigCheckLine {
  return {
    valid: problems.length === 0,
    ...check,
    problems: problems.map(placed),
    warnings: warnings.map(placed),
  };
}

function placed({ position, ...problem }: ConfigProblem): ProblemLine {
  return { ...problem, ...position };
}
