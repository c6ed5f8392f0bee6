import { nodeUtil } from "./node-util.ts";

/** Colours and weights of text; each function gives its text back where colours are off. */
export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly green: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly cyan: (text: string) => string;
}

/** What decides about colours. */
export interface ColourTarget {
  readonly isTTY?: boolean;
}

/** Whether to write colours: `FORCE_COLOR` (not 0) wins over `NO_COLOR` (not empty), as in Node.js; else a terminal that is not dumb. */
export function wantsColour(
  target: ColourTarget,
  environment: { readonly [name: string]: string | undefined },
): boolean {
  const { FORCE_COLOR: force, NO_COLOR: no, TERM: terminal } = environment;
  if (force !== undefined && force !== "") return force !== "0" && force !== "false";
  if (no !== undefined && no !== "") return false;
  return target.isTTY === true && terminal !== "dumb";
}

/** A style with or without colours. */
export function createStyle(colour: boolean): Style {
  const styled = (format: keyof Style) => (text: string) =>
    colour && text !== "" ? nodeUtil.styleText(format, text, { validateStream: false }) : text;
  return {
    bold: styled("bold"),
    dim: styled("dim"),
    red: styled("red"),
    green: styled("green"),
    yellow: styled("yellow"),
    cyan: styled("cyan"),
  };
}
