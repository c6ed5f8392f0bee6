import type { OriginalLines } from "../../output/original-places.ts";

/** The first place of a line of the bundle; lines from 1. */
interface MappedLine {
  readonly line: number;
  readonly source: number;
  readonly original: number;
}

const [comma, semicolon] = [44, 59];
const digits = digitValues("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");

/**
 * Which lines of a bundle come from which lines of some modules. `names` has an entry for each source of the map: its name for
 * people, or undefined when its lines are left out.
 */
export function originalLines(
  mappings: string,
  names: readonly (string | undefined)[],
): OriginalLines {
  const runs: [number, number, number, number][] = [];
  for (const { line, source, original } of readMappings(mappings)) {
    if (names[source] === undefined) continue;
    const last = runs.at(-1);
    if (last?.[1] === source && line - last[0] === last[3] && original - last[2] === last[3]) {
      last[3] += 1;
    } else {
      runs.push([line, source, original, 1]);
    }
  }
  return { sources: names.map((name) => name ?? ""), runs };
}

/**
 * A `;` ends a line, a `,` a segment of [column, source, line, column, name], each number relative to the one before and in base64
 * VLQ: five bits a digit, the sixth says that another follows, the lowest bit of a number is its sign. Source: tc39.es/ecma426.
 */
function readMappings(mappings: string): readonly MappedLine[] {
  const lines: MappedLine[] = [];
  const at = { line: 1, source: 0, original: 1 };
  let field = 0;
  let value = 0;
  let shift = 0;
  let isFirst = true;
  // One pass without a part for each segment: a bundle has hundreds of thousands.
  for (let index = 0; index < mappings.length; index++) {
    const code = mappings.charCodeAt(index);
    if (code === comma || code === semicolon) {
      field = 0;
      if (code === comma) continue;
      at.line += 1;
      isFirst = true;
      continue;
    }
    const bits = digits[code] ?? 0;
    value |= (bits & 31) << shift;
    shift += 5;
    if (bits & 32) continue;

    const step = value & 1 ? -(value >> 1) : value >> 1;
    if (field === 1) at.source += step;
    if (field === 2) at.original += step;
    if (field === 2 && isFirst) lines.push({ ...at });
    if (field === 2) isFirst = false;
    field += 1;
    value = 0;
    shift = 0;
  }
  return lines;
}

function digitValues(alphabet: string): Uint8Array {
  const values = new Uint8Array(128);
  for (let value = 0; value < alphabet.length; value++) values[alphabet.charCodeAt(value)] = value;
  return values;
}
