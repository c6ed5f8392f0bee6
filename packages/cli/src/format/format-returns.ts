import type { RunResult } from "@runnable/core";

import type { Field } from "./format-fields.ts";
import { formatMatrix } from "./format-matrix.ts";
import type { FormatOptions } from "./format-options.ts";
import { formatValue } from "./format-value.ts";
import { asMatrix } from "./matrix.ts";

const mostFields = 14;
const longestName = 24;

/** Returns and the metrics beside them as fields: numbers first, then other values, then matrices drawn. Too many are only counted. */
export function returnFields(
  { returns, metrics }: Pick<RunResult, "returns" | "metrics">,
  options: FormatOptions,
): readonly Field[] {
  const values = { ...returns, ...metrics };
  const room = options.columns - longestName - 4;
  const fields = Object.entries(values).map(([name, value]) => {
    const matrix = asMatrix(value);
    const drawn = matrix === undefined ? [] : formatMatrix(matrix, { ...options, columns: room });
    const rank = typeof value === "number" ? 0 : drawn.length === 0 ? 1 : 2;
    const field: Field = [name, drawn.length > 0 ? drawn : [formatValue(value, room)]];
    return { rank, field };
  });
  const sorted = fields.toSorted((a, b) => a.rank - b.rank).map(({ field }) => field);
  if (sorted.length <= mostFields) return sorted;
  return [...sorted.slice(0, mostFields - 1), ["…", `${sorted.length - mostFields + 1} more`]];
}
