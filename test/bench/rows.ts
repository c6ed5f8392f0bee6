import type { Bench } from "./bench-setup.ts";
import type { Figure } from "./figure.ts";
import { output } from "./rows/output.ts";
import { startUp } from "./rows/start-up.ts";

export type Row = (bench: Bench) => Promise<readonly Figure[]>;

/** Every row, by the name that `pnpm bench` takes. */
export const rows = {
  "start-up": startUp,
  output,
} as const satisfies { readonly [name: string]: Row };

export type RowName = keyof typeof rows;
