import { RunnableError } from "@runnable/plugin";

/** One part of a pattern between slashes. `any`: `**`, any number of directories. */
export type Segment =
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "wildcard"; readonly shape: RegExp }
  | { readonly kind: "any" };

/** A pattern without braces. */
export interface GlobPattern {
  readonly segments: readonly Segment[];
  /** A directory that the last segment names means every file below it. */
  readonly directories: boolean;
}

/**
 * What a glob stands for: one pattern for each choice of its braces. `*` and `?` stay within a name, `**` crosses directories,
 * `[ab]`, `[a-z]` and `[!a]` are one character, `{a,b}` is either. Wildcards don't match a leading dot. A name with such characters also means itself.
 *
 * @throws RunnableError PATTERN_OUTSIDE when it is absolute, empty, or has `..`.
 */
export function parseGlob(glob: string): readonly GlobPattern[] {
  return expandBraces(glob).map((text) => parsePlain(text, glob));
}

function parsePlain(text: string, glob: string): GlobPattern {
  const names = text.split("/").filter((name) => name !== "" && name !== ".");
  if (/^(?:[/\\]|[A-Za-z]:[/\\]|$)/.test(text) || names.includes("..") || text.includes("\0")) {
    throw new RunnableError(
      "PATTERN_OUTSIDE",
      `the pattern ${JSON.stringify(glob)} leaves the working directory`,
      {
        hint: "Name files below the working directory, relative to it and without `..`.",
        exitCode: 78,
      },
    );
  }
  const segments = names.length === 0 ? [{ kind: "any" } as const] : names.map(parseSegment);
  const last = segments.at(-1);
  return {
    segments,
    directories: last?.kind === "name" || (text.endsWith("/") && last?.kind === "wildcard"),
  };
}

function parseSegment(name: string): Segment {
  if (name === "**") return { kind: "any" };
  if (!/[*?[]/.test(name)) return { kind: "name", name };
  return { kind: "wildcard", shape: shapeOf(name) };
}

function shapeOf(name: string): RegExp {
  const parts = name.matchAll(/\*+|\?|\[([!^]?)(\]?[^\]]*)\]|[^]/gu);
  const source = [...parts].map(([part, negation, members]) => {
    if (part.startsWith("*")) return ".*";
    if (part === "?") return ".";
    if (members === undefined || members === "") return part.replace(/[$()*+./?[\\\]^{|}]/, "\\$&");
    return `[${negation ? "^" : ""}${members.replaceAll(/[\\\][^]/g, "\\$&")}]`;
  });
  return new RegExp(`^${name.startsWith(".") ? "" : "(?!\\.)"}${source.join("")}$`, "su");
}

/** `a{b,c{d,e}}` → `ab`, `acd`, `ace`. Braces without a comma stay as they are. */
function expandBraces(text: string): readonly string[] {
  const group = firstGroup(text);
  if (group === undefined) return [text];
  const before = text.slice(0, group.start);
  const rests = expandBraces(text.slice(group.end + 1));
  return group.choices
    .flatMap((choice) => expandBraces(choice))
    .flatMap((choice) => rests.map((rest) => before + choice + rest));
}

interface Group {
  readonly start: number;
  readonly end: number;
  readonly choices: readonly string[];
}

function firstGroup(text: string): Group | undefined {
  for (let start = text.indexOf("{"); start !== -1; start = text.indexOf("{", start + 1)) {
    const group = groupAt(text, start);
    if (group !== undefined && group.choices.length > 1) return group;
  }
  return undefined;
}

function groupAt(text: string, start: number): Group | undefined {
  const choices: string[] = [];
  let depth = 0;
  let from = start + 1;
  for (let at = start; at < text.length; at += 1) {
    const character = text[at];
    if (character === "{") depth += 1;
    if (character === "}") depth -= 1;
    if (depth === 0 || (character === "," && depth === 1)) {
      choices.push(text.slice(from, at));
      from = at + 1;
    }
    if (depth === 0) return { start, end: at, choices };
  }
  return undefined;
}
