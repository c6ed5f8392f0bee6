/** A type's full name, `@acme/pkg:name`, in parts. */
export interface QualifiedName {
  readonly packageName: string;
  readonly name: string;
}

/** The parts of `@acme/pkg:name`; `undefined` for a short name. */
export function splitQualified(type: string): QualifiedName | undefined {
  const colon = type.lastIndexOf(":");
  if (colon <= 0 || colon === type.length - 1) return undefined;
  return { packageName: type.slice(0, colon), name: type.slice(colon + 1) };
}
