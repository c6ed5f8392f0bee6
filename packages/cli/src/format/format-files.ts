import type { CatalogEntry } from "@runnable/core";

import { formatBytes } from "../terminal/format-bytes.ts";
import { padText, textWidth, truncateText } from "../terminal/text-width.ts";
import type { FormatOptions } from "./format-options.ts";

const mostFiles = 8;

/** Lines of catalog entries with their sizes, and where they are. */
export function formatFiles(
  entries: readonly CatalogEntry[],
  location: string | undefined,
  { style, columns }: FormatOptions,
): readonly string[] {
  if (entries.length === 0) return [];
  const shown = entries.length > mostFiles ? entries.slice(0, mostFiles - 1) : entries;
  const room = Math.max(20, columns - 14);
  const width = Math.max(...shown.map(({ path }) => Math.min(room, textWidth(path))));
  const lines = shown.map(({ path, bytes, stored }) => {
    const size = stored ? formatBytes(bytes) : `${formatBytes(bytes)}, not kept`;
    return `${padText(truncateText(path, room), width)}  ${style.dim(size)}`;
  });
  const rest = entries.slice(shown.length);
  const restBytes = rest.reduce((sum, { bytes }) => sum + bytes, 0);
  return [
    ...lines,
    ...(rest.length > 0 ? [style.dim(`and ${rest.length} more, ${formatBytes(restBytes)}`)] : []),
    ...(location === undefined ? [] : [style.dim(`in ${placeOf(location)}`)]),
  ];
}

/** A store's location (`directory /data/catalog`) where the kind goes without saying. */
export function placeOf(location: string): string {
  return location.replace(/^directory /, "");
}
