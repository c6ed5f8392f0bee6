import type { Config, ConfigProblem, SectionName } from "../configure/config.ts";
import type { Discovery } from "../discover/discovery.ts";
import type { Finding } from "../discover/finding.ts";
import type { Contract } from "./adapt-definition.ts";
import type { Registry } from "./registry.ts";

/** Where types come from: packages and files, or plugins that code handed over. */
export type TypeSource =
  | {
      readonly discovery: Discovery;
      /** Versions of the contract that are spoken. Default {@link spokenContracts}. */
      readonly contracts?: readonly Contract[];
    }
  | { readonly registry: Registry };

/** One section to resolve, and what with. */
export interface ServiceRequest {
  readonly config: Config;
  readonly name: SectionName;
  readonly types: TypeSource;
  /** An object that a factory made; it replaces what the section says. */
  readonly instance?: object | undefined;
}

/** A finding as a problem of the request's section: with the whole key path, and the position where a file has the key. */
export function problemAt(
  { config, name }: ServiceRequest,
  path: readonly (string | number)[],
  finding: Finding,
): ConfigProblem {
  const { at } = config.sections[name];
  const whole = [...(at ?? [name]), ...path];
  const position = at && config.locate(whole);
  return { ...finding, path: whole, ...(position && { position }) };
}
