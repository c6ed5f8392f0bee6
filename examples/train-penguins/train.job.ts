import { mkdir, readFile, writeFile } from "node:fs/promises";

import { defineJob } from "@runnable/core";

import { countGaps } from "./src/count-gaps.ts";
import { evaluate } from "./src/evaluate.ts";
import { rankColumns } from "./src/importance.ts";
import { writeModel } from "./src/model-file.ts";
import { predictSpecies } from "./src/model.ts";
import { trainParameters } from "./src/parameters.ts";
import { speciesNames } from "./src/penguin.ts";
import { confusionPlot } from "./src/plots/confusion-plot.ts";
import { importancePlot } from "./src/plots/importance-plot.ts";
import { createRandom } from "./src/random.ts";
import { readPenguins } from "./src/read-penguins.ts";
import { stratifiedSplit } from "./src/stratified-split.ts";
import { trainModel } from "./src/train-model.ts";

/** Learns to tell the species of a penguin, and keeps the model with two pictures of what it is worth. */
export default defineJob({
  parameters: trainParameters,
  files: ["data/*.csv"],
  catalog: { put: ["model.json", "plots/*.svg"] },
  returns: ["accuracy", "macroF1", "confusion"],

  async run({ parameters, progress, signal, log }) {
    const penguins = readPenguins(await readFile("data/penguins.csv", "utf8"));
    const gaps = countGaps(penguins);
    const random = createRandom(parameters.seed);
    const { training, test } = stratifiedSplit(penguins, parameters.testShare, random);
    log(`${penguins.length} penguins, ${gaps} gaps: ${training.length} to learn from`);

    const onTree = (grown: number): void => progress(grown, parameters.trees, "trees");
    const model = await trainModel(training, { ...parameters, random, signal, onTree });

    const actual = test.map(({ species }) => species);
    const evaluation = evaluate(actual, predictSpecies(model, test));
    const importances = rankColumns(model, test, random);

    await mkdir("plots", { recursive: true });
    await writeFile("model.json", writeModel(model));
    await writeFile("plots/confusion.svg", confusionPlot(evaluation));
    await writeFile("plots/importance.svg", importancePlot(importances));

    const { accuracy, macroF1, confusion } = evaluation;
    const counts = { trainingPenguins: training.length, testPenguins: test.length, gaps };
    return {
      accuracy,
      macroF1,
      ...counts,
      confusion: { species: speciesNames, counts: confusion },
    };
  },
});
