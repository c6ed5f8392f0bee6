import { RunnableError } from "@runnable/core/look-back";

import type { Invocation } from "../arguments/invocation.ts";

/** A whole number from 1 that an option gives. @throws RunnableError USAGE */
export function numberOption(invocation: Invocation, name: string): number | undefined {
  const text = invocation.text(name);
  if (text === undefined) return undefined;
  if (/^[1-9]\d*$/u.test(text)) return Number(text);
  throw new RunnableError(
    "USAGE",
    `--${name} takes a whole number from 1, not ${JSON.stringify(text)}`,
    {
      exitCode: 2,
    },
  );
}
