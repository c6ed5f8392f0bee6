/** A small matrix of numbers, with names where there are any. */
export interface Matrix {
  readonly rowNames: readonly string[];
  readonly columnNames: readonly string[];
  readonly rows: readonly (readonly number[])[];
}

/** Bigger ones are no help in a terminal. */
const largest = 10;

/**
 * A value as a matrix, if it is one of 2×2 to 10×10: rows of numbers; an object of rows and a list of names; or an object of
 * objects of numbers with the same keys.
 */
export function asMatrix(value: unknown): Matrix | undefined {
  const matrix = ofRows(value, []) ?? ofNamedRows(value) ?? ofObjects(value);
  return matrix !== undefined && isSmall(matrix) ? matrix : undefined;
}

function ofRows(value: unknown, names: readonly string[]): Matrix | undefined {
  if (!isList(value, isNumbers)) return undefined;
  const columns = value[0]?.length ?? 0;
  if (value.some((row) => row.length !== columns)) return undefined;
  return {
    rows: value,
    rowNames: names.length === value.length ? names : [],
    columnNames: names.length === columns ? names : [],
  };
}

/** `{ species: ["a", "b"], counts: [[1, 2], [3, 4]] }`, whatever the keys are. */
function ofNamedRows(value: unknown): Matrix | undefined {
  if (!isRecord(value)) return undefined;
  const [first, second, ...others] = Object.values(value);
  if (others.length > 0) return undefined;
  if (isList(first, isText)) return ofRows(second, first);
  return isList(second, isText) ? ofRows(first, second) : undefined;
}

function ofObjects(value: unknown): Matrix | undefined {
  if (!isRecord(value)) return undefined;
  // Unknown as a whole: an array of unknowns keeps its items unknown.
  const rows: unknown = Object.values(value);
  if (!isList(rows, isRecord)) return undefined;
  const columnNames = Object.keys(rows[0] ?? {});
  const cells: unknown = rows.map((row) => columnNames.map((name) => row[name]));
  const sameKeys = rows.every((row) => Object.keys(row).length === columnNames.length);
  if (!sameKeys || !isList(cells, isNumbers)) return undefined;
  return { rows: cells, rowNames: Object.keys(value), columnNames };
}

function isSmall({ rows }: Matrix): boolean {
  const columns = rows[0]?.length ?? 0;
  return [rows.length, columns].every((length) => length >= 2 && length <= largest);
}

function isList<T>(value: unknown, isItem: (item: unknown) => item is T): value is readonly T[] {
  return Array.isArray(value) && value.every(isItem);
}

interface Keyed {
  readonly [key: string]: unknown;
}

function isRecord(value: unknown): value is Keyed {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isNumber(value: unknown): value is number {
  return typeof value === "number";
}

function isNumbers(value: unknown): value is readonly number[] {
  return isList(value, isNumber);
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}
