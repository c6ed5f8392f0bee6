import type { Json } from "@runnable/plugin";

/**
 * What a command wrote to `$RUNNABLE_OUTPUT`: one JSON object, or lines `name=value`, the value decoded as JSON where it is
 * JSON, else taken as text. Empty lines don't count; the last value of a name does. `problem` names the line that is neither.
 */
export function parseReturns(
  text: string,
):
  | { readonly returns: Json; readonly problem?: undefined }
  | { readonly returns?: undefined; readonly problem: string } {
  const trimmed = text.trim();
  if (trimmed.startsWith("{")) return parseWhole(trimmed);
  const entries: [string, Json][] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === "") continue;
    const [, name, value] = /^\s*([^=\s][^=]*?)\s*=(.*)$/.exec(line) ?? [];
    if (name === undefined || value === undefined) {
      return { problem: `line ${index + 1} of $RUNNABLE_OUTPUT is not name=value` };
    }
    entries.push([name, decode(value)]);
  }
  return { returns: Object.fromEntries(entries) };
}

function parseWhole(text: string): ReturnType<typeof parseReturns> {
  try {
    return { returns: JSON.parse(text) as Json };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { problem: `$RUNNABLE_OUTPUT begins with { and is no JSON object: ${reason}` };
  }
}

function decode(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}
