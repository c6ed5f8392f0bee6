/** What kind of JSON value it is, for messages. */
export function typeName(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  return value === null ? "null" : typeof value;
}
