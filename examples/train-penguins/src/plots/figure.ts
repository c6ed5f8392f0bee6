import { element, escapeText, label } from "./element.ts";

export interface Figure {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly subtitle: string;
}

// Classes rather than variables: renderers other than browsers know no `var()`.
const style = `
text { font-family: ui-sans-serif, system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; font-size: 14px; fill: #1f2328; }
.title { font-size: 20px; font-weight: 650; }
.strong { font-weight: 600; }
.muted { fill: #636c76; }
.small { font-size: 12px; }
.big { font-size: 26px; font-weight: 650; }
.middle { text-anchor: middle; }
.end { text-anchor: end; }
.on-colour { fill: #ffffff; }
.card { fill: #ffffff; stroke: #d1d9e0; }
.empty { fill: #f3f5f7; }
.adelie { fill: #c4570a; }
.chinstrap { fill: #8338c9; }
.gentoo { fill: #077a80; }
.bar { fill: #0969da; }
@media (prefers-color-scheme: dark) {
  text { fill: #f0f6fc; }
  .muted { fill: #9198a1; }
  .card { fill: #0d1117; stroke: #3d444d; }
  .empty { fill: #1a2028; }
  .adelie { fill: #cf6312; }
  .chinstrap { fill: #9350d8; }
  .gentoo { fill: #0b858b; }
  .bar { fill: #4493f8; }
}`;

/** An SVG file: a card with a title and a subtitle around the content; it follows the reader's light or dark scheme. */
export function figure(
  { width, height, title, subtitle }: Figure,
  content: readonly string[],
): string {
  return element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      role: "img",
    },
    element("title", {}, escapeText(title)),
    element("desc", {}, escapeText(subtitle)),
    element("style", {}, style),
    element("rect", {
      class: "card",
      x: 0.5,
      y: 0.5,
      width: width - 1,
      height: height - 1,
      rx: 12,
    }),
    label(title, { x: 32, y: 48, class: "title" }),
    label(subtitle, { x: 32, y: 74, class: "muted" }),
    ...content,
  );
}
