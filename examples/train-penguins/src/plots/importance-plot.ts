import type { Importance } from "../importance.ts";
import { element, label } from "./element.ts";
import { figure } from "./figure.ts";

const row = { height: 40, bar: 28 };
const top = 106;
const left = 172;
const longest = 364;
const margin = 32;
const width = 640;

/** Bars of how much accuracy each column is worth, as SVG, in the order given. */
export function importancePlot(importances: readonly Importance[]): string {
  const scale = longest / Math.max(...importances.map(({ drop }) => drop), 0.01);
  const heading = {
    title: "What the model looks at",
    subtitle: "Points of accuracy lost on unseen penguins when one column is shuffled",
  };
  const height = top + importances.length * row.height + margin - (row.height - row.bar);
  const bars = importances.flatMap((importance, index) => drawBar(importance, index, scale));
  return figure({ width, height, ...heading }, bars);
}

function drawBar({ column, drop }: Importance, index: number, scale: number): readonly string[] {
  const y = top + index * row.height;
  const track = { x: left, y, height: row.bar, rx: 6 };
  // A shuffled column may do better by chance; its bar is as short as a useless one's.
  const length = Math.max(drop * scale, 3);
  return [
    label(title(column), { x: margin, y: y + 19, class: "strong" }),
    element("rect", { class: "empty", ...track, width: longest }),
    element("rect", { class: "bar", ...track, width: length, rx: Math.min(6, length / 2) }),
    label(points(drop), { x: width - margin, y: y + 19, class: "end" }),
  ];
}

function title(column: string): string {
  return column.replace(/_(mm|g)$/u, "").replaceAll("_", " ");
}

function points(drop: number): string {
  return (drop * 100)
    .toFixed(1)
    .replace(/^-(0\.0)$/u, "$1")
    .replace("-", "−");
}
