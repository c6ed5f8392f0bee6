import type { Json } from "@runnable/plugin";

/** Whether a value as written, before `${NAME}` is filled in, holds something itself: all but a text that is nothing else than `${NAME}`. */
export function isLiteral(written: Json | undefined): boolean {
  if (typeof written === "string") return !/^\$\{[A-Za-z_]\w*\}$/.test(written) && written !== "";
  if (typeof written === "object" && written !== null) {
    return Object.values(written).some(isLiteral);
  }
  return written !== undefined && written !== null;
}
