import type { TextRange } from "./module-syntax.ts";
import type { ParsedModule } from "./parse-module.ts";

/** What a bundle can't carry: a native addon, code or a file that is chosen at run time. */
export type FindingKind = "addon" | "require" | "import" | "worker" | "place";

/** Something that a bundle can't carry, and where it stands. */
export interface BundleFinding {
  readonly kind: FindingKind;
  /** Absolute. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  /** The expression as written, in one line of at most 80 characters. */
  readonly text: string;
  /** Whether an error there is caught. */
  readonly guarded: boolean;
  readonly inFunction: boolean;
  /** Whether the module has a `throw` anywhere. */
  readonly throws: boolean;
  /** Whether the module's text names a native addon. */
  readonly namesAddon: boolean;
}

const longestText = 80;
const addonName = /\.node["'`]/u;

/** A finding with its place in the text. */
export function findingAt(
  kind: FindingKind,
  node: TextRange,
  { file, code, syntax }: ParsedModule,
): BundleFinding {
  const before = code.slice(0, node.start);
  const text = code.slice(node.start, node.end).replaceAll(/\s+/gu, " ");
  const isAddon = kind === "require" && addonName.test(text);
  return {
    kind: isAddon ? "addon" : kind,
    file,
    line: before.split("\n").length,
    column: node.start - before.lastIndexOf("\n"),
    text: text.length > longestText ? `${text.slice(0, longestText - 1)}…` : text,
    guarded: syntax.isGuarded(node),
    inFunction: syntax.isInFunction(node),
    throws: syntax.throws,
    namesAddon: addonName.test(code),
  };
}
