import type { Redactor } from "../output/redactor.ts";

/**
 * Redacts an error in place, causes and properties included: Node.js prints an uncaught one by itself, past every stream.
 * Text that holds no secret is left as it is.
 */
export function redactThrown(thrown: unknown, { redactText }: Redactor): void {
  const seen = new Set<unknown>();
  for (let link = thrown; link instanceof Error && !seen.has(link); link = link.cause) {
    seen.add(link);
    for (const [key, { value }] of Object.entries(Object.getOwnPropertyDescriptors(link))) {
      if (typeof value !== "string") continue;
      const text = redactText(value);
      if (text !== value) Reflect.defineProperty(link, key, { value: text });
    }
    // In V8 the stack is an accessor until it is set.
    const { stack } = link;
    const shown = stack === undefined ? undefined : redactText(stack);
    if (shown !== stack) Reflect.defineProperty(link, "stack", { value: shown });
  }
}
