import { RunnableError, type CatalogEntry } from "@runnable/plugin";
import * as z from "zod/mini";

import type { Objects } from "../client/objects.ts";
import { manifestKey } from "./catalog-keys.ts";

/** A file of a run. */
export interface ManifestEntry extends CatalogEntry {
  /** Given back with the file; other permission bits are not kept. */
  readonly executable: boolean;
}

const part = z.object({
  entries: z.array(
    z.object({
      path: z.string(),
      digest: z.string().check(z.regex(/^sha256:[0-9a-f]{64}$/)),
      bytes: z.number(),
      stored: z.boolean(),
      executable: z.boolean(),
    }),
  ),
});

/** Adds entries to a run's manifest as its next part `<8-digit number>.json`: parts are never changed, so that writers at once lose nothing. */
export async function addToManifest(
  objects: Objects,
  runId: string,
  entries: readonly ManifestEntry[],
): Promise<void> {
  const text = `${JSON.stringify({ entries })}\n`;
  let number = (await partKeys(objects, runId)).length + 1;
  while (!(await objects.create(partKey(runId, number), text))) number += 1;
}

/** A run's files sorted by path; of one path the last that was put. @throws RunnableError RECORD_UNREADABLE when a part is damaged. */
export async function readManifest(
  objects: Objects,
  runId: string,
): Promise<readonly ManifestEntry[]> {
  const byPath = new Map<string, ManifestEntry>();
  for (const key of await partKeys(objects, runId)) {
    for (const entry of parsePart(key, await objects.read(key))) byPath.set(entry.path, entry);
  }
  return [...byPath.values()].toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

function parsePart(key: string, text: string | undefined): readonly ManifestEntry[] {
  const parsed = part.safeParse(jsonOf(text));
  if (parsed.success) return parsed.data.entries;
  throw new RunnableError("RECORD_UNREADABLE", `${key} is no part of a catalog manifest`, {
    hint: "Restore the object from a copy, or put the run's files again.",
    exitCode: 78,
  });
}

function jsonOf(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return undefined;
  }
}

async function partKeys(objects: Objects, runId: string): Promise<readonly string[]> {
  const keys = await Array.fromAsync(objects.list(manifestKey(runId)));
  return keys.filter((key) => /\/\d{8}\.json$/.test(key));
}

function partKey(runId: string, number: number): string {
  return `${manifestKey(runId)}${String(number).padStart(8, "0")}.json`;
}
