import knownTypes from "./known-types.json" with { type: "json" };
import { serviceKinds, type ServiceKind } from "./service-kind.ts";

const packagesByType: Readonly<Record<ServiceKind, Readonly<Record<string, string>>>> = knownTypes;

/** The package that brings a type which core does not: types of the same project and of the original tool. */
export function packageOfKnownType(kind: ServiceKind, type: string): string | undefined {
  return Object.hasOwn(packagesByType[kind], type) ? packagesByType[kind][type] : undefined;
}

/** The names that {@link packageOfKnownType} knows. */
export function knownTypeNames(kind: ServiceKind): readonly string[] {
  return Object.keys(packagesByType[kind]);
}

/** The types that a package is known to bring. */
export function typesOfPackage(
  packageName: string,
): readonly { readonly kind: ServiceKind; readonly type: string }[] {
  return serviceKinds.flatMap((kind) =>
    knownTypeNames(kind)
      .filter((type) => packageOfKnownType(kind, type) === packageName)
      .map((type) => ({ kind, type })),
  );
}
