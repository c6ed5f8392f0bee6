import { link, mkdir, rm } from "node:fs/promises";
import { dirname } from "node:path";

import { joinWithin } from "../files/within-root.ts";
import type { CatalogLayout } from "./catalog-layout.ts";
import type { ManifestEntry } from "./manifest.ts";

/** More links than this would take longer than the put itself. */
const maxLinks = 100;

/**
 * Lays a run's files out under their own names, `<run_id>/<path>`, for people to look at: hard links to the blobs, so read-only.
 * Left out for larger puts and where the file system has no hard links; `get` never reads them.
 */
export async function linkForBrowsing(
  layout: CatalogLayout,
  runId: string,
  entries: readonly ManifestEntry[],
): Promise<void> {
  if (entries.length > maxLinks) return;
  for (const { path, digest } of entries) {
    const target = joinWithin(layout.browse(runId), path);
    await linkAnew(layout.blob(digest), target).catch(() => undefined);
  }
}

async function linkAnew(blob: string, target: string): Promise<void> {
  await mkdir(dirname(target), { recursive: true });
  await rm(target, { force: true });
  await link(blob, target);
}
