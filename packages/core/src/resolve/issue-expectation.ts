/** What schema libraries add to an issue; all of it optional, since Standard Schema promises only message and path. */
export interface IssueFacts {
  readonly code?: unknown;
  readonly keys?: unknown;
  readonly expected?: unknown;
  readonly values?: unknown;
  readonly minimum?: unknown;
  readonly maximum?: unknown;
  readonly inclusive?: unknown;
  readonly origin?: unknown;
  readonly format?: unknown;
  readonly pattern?: unknown;
  readonly path?: unknown;
  /** Of a union, the issues of each choice. */
  readonly errors?: unknown;
  /** Of an enum of zod 3; of a union whose choices differ by a key, the values of that key. */
  readonly options?: unknown;
}

const words: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a map",
  record: "a map",
};

/** What the value must be, from the facts of an issue: "must be a number". `zod/mini` says no more than "Invalid input". */
export function expectationOf(facts: IssueFacts): string | undefined {
  const { code, expected, format } = facts;
  const choices = facts.values ?? facts.options;
  if (Array.isArray(choices)) return oneOf(choices);
  if (code === "too_small" || code === "too_big") return size(facts);
  if (code === "invalid_format" && typeof format === "string") {
    const what = format === "regex" ? `match ${String(facts.pattern)}` : `be a valid ${format}`;
    return `must ${what}`;
  }
  if (typeof expected === "string" && Object.hasOwn(words, expected)) {
    return `must be ${words[expected]}`;
  }
  return code === "invalid_union" ? union(facts) : undefined;
}

function oneOf(values: readonly unknown[]): string {
  return `must be one of ${values.map((value) => JSON.stringify(value)).join(", ")}`;
}

function size({ code, minimum, maximum, inclusive, origin }: IssueFacts): string {
  const bound = String(code === "too_small" ? minimum : maximum);
  const than = code === "too_small" ? "more than" : "less than";
  const at = code === "too_small" ? "at least" : "at most";
  const unit = origin === "string" ? " characters" : origin === "array" ? " items" : "";
  return `must ${unit ? "have" : "be"} ${inclusive === false ? than : at} ${bound}${unit}`;
}

/** "must be a text or a number", where each choice fails by its type alone. */
function union({ errors }: IssueFacts): string | undefined {
  if (!Array.isArray(errors) || errors.length === 0) return undefined;
  const choices = errors.map((issues: readonly IssueFacts[]) => issues[0] ?? {});
  const whole = choices.every(({ path }) => Array.isArray(path) && path.length === 0);
  const texts = choices.map((choice) => expectationOf(choice)?.replace(/^must be /, ""));
  if (!whole || texts.includes(undefined)) return undefined;
  return `must be ${[...new Set(texts)].join(" or ")}`;
}
