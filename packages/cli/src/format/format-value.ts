import { formatNumber } from "../terminal/format-number.ts";
import { oneLine, truncateText } from "../terminal/text-width.ts";

/** A JSON value in one line of at most a width: numbers rounded, texts in one line, the rest as JSON or, where that is too long, its size. */
export function formatValue(value: unknown, width: number): string {
  if (typeof value === "number") return formatNumber(value);
  if (typeof value === "string") return truncateText(oneLine(value), width);
  const text = JSON.stringify(value) ?? "";
  if (text.length <= width || typeof value !== "object" || value === null) {
    return truncateText(text, width);
  }
  if (Array.isArray(value)) return `[${count(value.length, "item")}]`;
  return `{${count(Object.keys(value).length, "key")}}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
