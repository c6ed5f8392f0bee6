import { join } from "node:path";

import { RunnableError, type CatalogEntry } from "@runnable/plugin";
import * as z from "zod/mini";

import { createOnce } from "../files/create-once.ts";
import { namesIn } from "../files/names-in.ts";
import { readJson } from "../files/read-json.ts";

/** A file of a run. */
export interface ManifestEntry extends CatalogEntry {
  /** Given back with the file; other permission bits are not kept. */
  readonly executable: boolean;
}

const entries = z.object({
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

/** Adds entries to a run's manifest, without fsync, as its next part `<directory>/<8-digit number>.json`: parts are never changed, so that writers at once lose nothing. */
export async function addToManifest(
  directory: string,
  added: readonly ManifestEntry[],
  asideIn: string,
): Promise<void> {
  const text = `${JSON.stringify({ entries: added })}\n`;
  const options = { asideIn, durable: false };
  let number = (await partNames(directory)).length + 1;
  while (!(await createOnce(partPath(directory, number), text, options))) number += 1;
}

/** A run's files sorted by path; of one path the last that was put. @throws RunnableError RECORD_UNREADABLE when a part is damaged. */
export async function readManifest(directory: string): Promise<readonly ManifestEntry[]> {
  const byPath = new Map<string, ManifestEntry>();
  for (const name of await partNames(directory)) {
    for (const entry of await readPart(join(directory, name))) byPath.set(entry.path, entry);
  }
  return [...byPath.values()].toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

async function readPart(path: string): Promise<readonly ManifestEntry[]> {
  const parsed = entries.safeParse(await readJson(path));
  if (parsed.success) return parsed.data.entries;
  throw new RunnableError("RECORD_UNREADABLE", `${path} is no part of a catalog manifest`, {
    hint: "Restore the file from a copy, or put the run's files again.",
    exitCode: 78,
  });
}

async function partNames(directory: string): Promise<readonly string[]> {
  return (await namesIn(directory)).filter((name) => /^\d{8}\.json$/.test(name)).toSorted();
}

function partPath(directory: string, number: number): string {
  return join(directory, `${String(number).padStart(8, "0")}.json`);
}
