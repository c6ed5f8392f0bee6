import { nodeUtil } from "./node-util.ts";

/** Columns that a text takes in a terminal: escape sequences and combining marks take none, East Asian wide characters two. */
export function textWidth(text: string): number {
  if (narrow.test(text)) return text.length;
  const visible = nodeUtil.stripVTControlCharacters(text);
  if (narrow.test(visible)) return visible.length;
  let width = 0;
  for (const { segment } of graphemes().segment(visible)) width += graphemeWidth(segment);
  return width;
}

/** The text with spaces up to a width, at its end or (`right`) before it. */
export function padText(text: string, width: number, align: "left" | "right" = "left"): string {
  const spaces = " ".repeat(Math.max(0, width - textWidth(text)));
  return align === "left" ? text + spaces : spaces + text;
}

/** The text, shortened to a width with `…`; text with escape sequences loses them when it is shortened. */
export function truncateText(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  let kept = "";
  let used = 1;
  for (const { segment } of graphemes().segment(nodeUtil.stripVTControlCharacters(text))) {
    used += graphemeWidth(segment);
    if (used > width) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}

/** A foreign text in one line: what would move the cursor or change colours becomes a space. */
export function oneLine(text: string): string {
  return nodeUtil
    .stripVTControlCharacters(text)
    .replaceAll(/[\p{Control}\s]+/gu, " ")
    .trim();
}

/** Lines of at most a width, broken at spaces; a longer word stays whole, so that it can be copied. Newlines are kept. */
export function wrapText(text: string, width: number): readonly string[] {
  return text.split("\n").flatMap((paragraph) => wrapParagraph(paragraph, width));
}

function wrapParagraph(paragraph: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of paragraph.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && textWidth(longer) > width) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return [...lines, line];
}

/** Latin letters and our own marks, a column each; not the soft hyphen. */
const narrow: RegExp = /^[ -~¡-¬®-ÿ–…→●✓✗]*$/;

let segmenter: Intl.Segmenter | undefined;

/** Made on first use: that takes up to 9 ms. */
function graphemes(): Intl.Segmenter {
  segmenter ??= new Intl.Segmenter(undefined, { granularity: "grapheme" });
  return segmenter;
}

function graphemeWidth(grapheme: string): number {
  if (/^[\p{Control}\p{Mark}\p{Default_Ignorable_Code_Point}]+$/u.test(grapheme)) return 0;
  const wide =
    /^\p{Emoji_Presentation}|\ufe0f/u.test(grapheme) || isWide(grapheme.codePointAt(0) ?? 0);
  return wide ? 2 : 1;
}

/** Blocks that Unicode's East Asian Width (UAX #11) calls wide or full-width. */
const wideBlocks: readonly (readonly [from: number, to: number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0x4dbf],
  [0x4e00, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x20000, 0x3fffd],
];

function isWide(codePoint: number): boolean {
  return wideBlocks.some(([from, to]) => from <= codePoint && codePoint <= to);
}
