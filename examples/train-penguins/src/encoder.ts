import { categories, measures } from "./penguin.ts";
import type { Category, Measure, Traits } from "./penguin.ts";

/** How traits become numbers; everything in it was learned from training rows alone. */
export interface Encoder {
  /** Fills the gaps of a measure. */
  readonly medians: { readonly [M in Measure]: number };
  /** Fills the gaps of a category. */
  readonly modes: { readonly [C in Category]: string };
  /** The words of a category that have a feature, sorted. */
  readonly levels: { readonly [C in Category]: readonly string[] };
}

export function fitEncoder(training: readonly Traits[]): Encoder {
  const median = (name: Measure): number => middle(present(training, name));
  const mode = (name: Category): string => mostFrequent(present(training, name));
  const levels = (name: Category): readonly string[] =>
    [...new Set(present(training, name))].toSorted();
  return {
    medians: {
      bill_length_mm: median("bill_length_mm"),
      bill_depth_mm: median("bill_depth_mm"),
      flipper_length_mm: median("flipper_length_mm"),
      body_mass_g: median("body_mass_g"),
    },
    modes: { island: mode("island"), sex: mode("sex") },
    levels: { island: levels("island"), sex: levels("sex") },
  };
}

/** The names of what `encode` gives: measures as they are called, `island=Dream` for a word. */
export function featureNames(encoder: Encoder): readonly string[] {
  const words = categories.flatMap((name) =>
    encoder.levels[name].map((level) => `${name}=${level}`),
  );
  return [...measures, ...words];
}

/** One number a feature; a word that was not in the training rows is 0 in all of them. */
export function encode(encoder: Encoder, traits: Traits): number[] {
  const numbers = measures.map((name) => traits[name] ?? encoder.medians[name]);
  const words = categories.flatMap((name) => {
    const value = traits[name] ?? encoder.modes[name];
    return encoder.levels[name].map((level) => (level === value ? 1 : 0));
  });
  return [...numbers, ...words];
}

function present<C extends Measure | Category>(
  rows: readonly Traits[],
  name: C,
): NonNullable<Traits[C]>[] {
  return rows.map((row) => row[name]).filter((value) => value !== undefined);
}

function middle(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  if (upper === undefined || lower === undefined) {
    throw new Error("a measure has no value in the training rows");
  }
  return (lower + upper) / 2;
}

function mostFrequent(values: readonly string[]): string {
  const counts = Map.groupBy(values, (value) => value);
  const [first] = [...counts].toSorted(
    ([a, as], [b, bs]) => bs.length - as.length || a.localeCompare(b),
  );
  if (first === undefined) throw new Error("a category has no value in the training rows");
  return first[0];
}
