/** The values of these names that are there. */
export function pickValues(
  values: { readonly [name: string]: string | undefined },
  names: readonly string[],
): { readonly [name: string]: string } {
  const found = new Map<string, string>();
  for (const name of names) {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value !== undefined) found.set(name, value);
  }
  return Object.fromEntries(found);
}
