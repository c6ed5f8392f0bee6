import { formatFields } from "./format-fields.ts";
import type { FormatOptions } from "./format-options.ts";

/** A store that the executor can't serve. */
export interface RefusalFacts {
  /** Config section: `run-log-store`. */
  readonly section: string;
  /** Type of the store: `file-system`. */
  readonly store: string;
  readonly need: string;
  readonly why: string;
  readonly remedy: string;
}

/** All refusals at once: for each store what it needs, why that can't be, and what to change. */
export function formatRefusals(
  executor: string,
  refusals: readonly RefusalFacts[],
  options: FormatOptions,
): string {
  const { style } = options;
  const title = `${style.red("✗")} ${style.bold(`${executor} cannot reach the storage of this run`)}`;
  const blocks = refusals.map(({ section, store, need, why, remedy }) =>
    [
      `  ${style.bold(section === store ? section : `${section}: ${store}`)}`,
      ...formatFields(
        [
          ["needs", need],
          ["why not", why],
          ["remedy", remedy],
        ],
        options,
      ),
    ].join("\n"),
  );
  return `${[title, ...blocks, "  Nothing was submitted."].join("\n\n")}\n`;
}
