/** What the model tells apart, in the order of its class numbers. */
export const speciesNames = ["Adelie", "Chinstrap", "Gentoo"] as const;

/** Columns that hold numbers. */
export const measures = [
  "bill_length_mm",
  "bill_depth_mm",
  "flipper_length_mm",
  "body_mass_g",
] as const;

/** Columns that hold words. */
export const categories = ["island", "sex"] as const;

export type Species = (typeof speciesNames)[number];
export type Measure = (typeof measures)[number];
export type Category = (typeof categories)[number];

/** What is known of a penguin before its species is; `undefined` is a gap in the data. */
export type Traits = { readonly [M in Measure]: number | undefined } & {
  readonly [C in Category]: string | undefined;
};

/** A row of data/penguins.csv. */
export type Penguin = Traits & { readonly species: Species };
