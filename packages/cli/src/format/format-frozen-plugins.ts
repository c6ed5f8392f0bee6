import type { FormatOptions } from "./format-options.ts";

/** A module of plugins that was written. */
export interface WrittenPlugins {
  /** As typed. */
  readonly file: string;
  /** Without its directory. */
  readonly name: string;
  readonly packages: readonly { readonly package: string; readonly version: string }[];
}

/** What was written, and how a program takes it. */
export function formatFrozenPlugins(
  { file, name, packages }: WrittenPlugins,
  { style }: FormatOptions,
): string {
  const names = packages.map((item) => `${item.package} ${item.version}`);
  return [
    `${style.green("✓")} Wrote ${style.bold(file)} ${style.dim(`(${names.join(", ")})`)}`,
    "",
    "  A program that is bundled brings them so:",
    `  ${style.cyan(`import { plugins } from "./${name}";`)}`,
    `  ${style.cyan("const host = createHost({ plugins });")}`,
    "",
  ].join("\n");
}
