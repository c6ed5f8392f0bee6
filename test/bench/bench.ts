/**
 * `pnpm bench [row…]`: measures what is published, built and packed, beside its peers. A table on the terminal; the same, with the
 * machine, in test/bench/results.json.
 */
import { writeFileSync } from "node:fs";
import path from "node:path";

import { openBench } from "./bench-setup.ts";
import { isMet, type Figure } from "./figure.ts";
import { formatFigures } from "./format-figures.ts";
import { describeMachine } from "./machine.ts";
import { rows, type RowName } from "./rows.ts";

const resultsFile = path.join(import.meta.dirname, "results.json");

const names = chosenRows(process.argv.slice(2));
const before = describeMachine();
await using bench = await openBench();
const figures: Figure[] = [];
for (const name of names) {
  process.stderr.write(`${name} …\n`);
  figures.push(...(await rows[name](bench)));
}
const machine = { before, after: describeMachine() };

process.stdout.write(formatFigures(figures, machine, bench));
const results = figures.map((figure) => ({ ...figure, met: isMet(figure) }));
writeFileSync(
  resultsFile,
  `${JSON.stringify({ machine, upstream: bench.upstream.version, figures: results }, undefined, 2)}\n`,
);
if (figures.some((figure) => isMet(figure) === false)) process.exitCode = 1;

function chosenRows(words: readonly string[]): readonly RowName[] {
  const all = Object.keys(rows) as RowName[];
  const unknown = words.filter((word) => !Object.hasOwn(rows, word));
  if (unknown.length > 0) {
    throw new Error(`no such row: ${unknown.join(", ")}; there are ${all.join(", ")}`);
  }
  return words.length === 0 ? all : all.filter((name) => words.includes(name));
}
