import type { ConfigProblem } from "../configure/config.ts";

/** Problems as they stand in the files: of the main one first, then of those that it builds upon; what stands nowhere comes before all. */
export function inOrderOfFile(
  problems: readonly ConfigProblem[],
  file: string | undefined,
): readonly ConfigProblem[] {
  return problems.toSorted((a, b) => {
    const [left, right] = [a.position, b.position];
    if (!left || !right) return Number(left !== undefined) - Number(right !== undefined);
    return (
      Number(left.file !== file) - Number(right.file !== file) ||
      left.file.localeCompare(right.file, "en") ||
      left.line - right.line ||
      left.column - right.column
    );
  });
}
