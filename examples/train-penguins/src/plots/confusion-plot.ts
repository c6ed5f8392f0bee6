import type { Evaluation } from "../evaluate.ts";
import { speciesNames } from "../penguin.ts";
import { element, label } from "./element.ts";
import { figure } from "./figure.ts";
import { percent } from "./percent.ts";

const cell = { width: 116, height: 88, gap: 8 };
const grid = { left: 172, top: 142 };
const margin = 32;
const width = 640;
const bottom = grid.top + speciesNames.length * (cell.height + cell.gap) + 24;

/** The confusion matrix as SVG: a row for each species, coloured by where the row's penguins went. */
export function confusionPlot(evaluation: Evaluation): string {
  const total = sum(evaluation.confusion.flat());
  const scores = `accuracy ${percent(evaluation.accuracy)}, macro F1 ${evaluation.macroF1.toFixed(3)}`;
  const heading = {
    title: "Which penguins were taken for which",
    subtitle: `${total} penguins that the model had never seen: ${scores}`,
  };
  const content = [
    ...drawHeaders(),
    ...drawScores(evaluation),
    ...evaluation.confusion.flatMap(drawRow),
  ];
  return figure({ width, height: bottom + margin, ...heading }, content);
}

function drawHeaders(): readonly string[] {
  const names = speciesNames.flatMap((species, index) => [
    label(species, { x: columnCentre(index), y: grid.top - 14, class: "strong middle" }),
    label(species, { x: margin, y: rowCentre(index) + 5, class: "strong" }),
  ]);
  return [
    ...names,
    label("actual ↓ predicted →", { x: margin, y: grid.top - 14, class: "muted small" }),
  ];
}

function drawScores({ recall, precision }: Evaluation): readonly string[] {
  const end = width - margin;
  return [
    label("recall", { x: end, y: grid.top - 14, class: "muted small end" }),
    ...recall.map((share, row) =>
      label(percent(share), { x: end, y: rowCentre(row) + 5, class: "end" }),
    ),
    label("precision", { x: margin, y: bottom, class: "muted small" }),
    ...precision.map((share, column) =>
      label(percent(share), { x: columnCentre(column), y: bottom, class: "middle" }),
    ),
  ];
}

function drawRow(counts: readonly number[], row: number): readonly string[] {
  const all = Math.max(sum(counts), 1);
  return counts.flatMap((count, column) => drawCell(count, count / all, { row, column }));
}

interface Place {
  readonly row: number;
  readonly column: number;
}

function drawCell(count: number, share: number, { row, column }: Place): readonly string[] {
  const [x, y] = [columnCentre(column), rowCentre(row)];
  const size = { width: cell.width, height: cell.height, rx: 8 };
  const box = { x: x - cell.width / 2, y: y - cell.height / 2, ...size };
  const background = element("rect", { class: "empty", ...box });
  if (count === 0) return [background, label("0", { x, y: y + 5, class: "muted middle" })];

  const colour = (speciesNames[row] ?? "").toLowerCase();
  // White is hard to read on the paler colours.
  const ink = share > 0.65 ? " on-colour" : "";
  return [
    background,
    element("rect", { class: colour, "fill-opacity": 0.22 + 0.78 * share, ...box }),
    label(String(count), { x, y: y + 4, class: `big middle${ink}` }),
    label(percent(share), { x, y: y + 26, class: `small middle${ink}` }),
  ];
}

function columnCentre(index: number): number {
  return grid.left + index * (cell.width + cell.gap) + cell.width / 2;
}

function rowCentre(index: number): number {
  return grid.top + index * (cell.height + cell.gap) + cell.height / 2;
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
