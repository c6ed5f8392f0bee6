import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** Name of the file in an attempt's directory that holds its labels, as a JSON object. */
export const labelsFile = "labels.json";

/** Labels of an attempt; undefined for a directory that is none. */
export async function readLabels(
  directory: string,
): Promise<{ readonly [name: string]: unknown } | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(join(directory, labelsFile), "utf8"));
    return typeof value === "object" && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
