import { readFileSync } from "node:fs";

import type { Penguin } from "../src/penguin.ts";
import { readPenguins } from "../src/read-penguins.ts";

/** All rows of data/penguins.csv. */
export const palmerPenguins: readonly Penguin[] = readPenguins(
  readFileSync(new URL("../data/penguins.csv", import.meta.url), "utf8"),
);
