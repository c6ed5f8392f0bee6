import type { CatalogEntry } from "@runnable/core";

import { formatBytes } from "../terminal/format-bytes.ts";
import { formatTable } from "../terminal/format-table.ts";
import type { FormatOptions } from "./format-options.ts";

const digestCharacters = 12;

/** A table of the files that a run left, with the sum of their sizes. */
export function formatCatalogList(
  entries: readonly CatalogEntry[],
  options: FormatOptions,
): string {
  if (entries.length === 0) return "The run left no files.\n";
  const rows = entries.map(({ path, bytes, digest, stored }) => [
    path,
    formatBytes(bytes),
    digest.replace(/^sha256:/, "").slice(0, digestCharacters),
    stored ? "" : "digest only",
  ]);
  const sum = entries.reduce((total, { bytes }) => total + bytes, 0);
  const count = `${entries.length} file${entries.length === 1 ? "" : "s"}, ${formatBytes(sum)}`;
  return `${[...formatTable(columns, rows, options), options.style.dim(count)].join("\n")}\n`;
}

const columns = [
  { title: "file" },
  { title: "size", align: "right" },
  { title: "sha256" },
  { title: "kept" },
] as const;
