import type { Style } from "../terminal/style.ts";

/** How text for people is written. */
export interface FormatOptions {
  readonly style: Style;
  /** Columns of the terminal; 80 where there is none. */
  readonly columns: number;
}
