import type { FormatOptions } from "./format-options.ts";

/** A schema that was written. */
export interface WrittenSchema {
  /** As typed. */
  readonly file: string;
  /** Without its directory. */
  readonly name: string;
  /** How many types of each section are in it. */
  readonly types: { readonly [section: string]: number };
}

/** What was written, and how an editor finds it. */
export function formatConfigSchema(
  { file, name, types }: WrittenSchema,
  { style }: FormatOptions,
): string {
  const counts = Object.entries(types).map(([section, count]) => `${section} ${count}`);
  return [
    `${style.green("✓")} Wrote ${style.bold(file)} ${style.dim(`(types: ${counts.join(", ")})`)}`,
    "",
    "  An editor with a YAML language server completes a configuration that begins with",
    `  ${style.cyan(`# yaml-language-server: $schema=./${name}`)}`,
    "",
  ].join("\n");
}
