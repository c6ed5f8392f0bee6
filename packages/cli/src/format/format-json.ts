import type { Style } from "../terminal/style.ts";

/** JSON of two spaces' indent, its keys in colour: without colours it is JSON to copy. */
export function formatJson(value: unknown, style: Style): string {
  return (JSON.stringify(value, undefined, 2) ?? "null").replace(
    /^( *)("(?:[^"\\]|\\.)*")(?=: )/gm,
    (_, indent: string, key: string) => indent + style.cyan(key),
  );
}
