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
  request: ServiceRequest,
  path: readonly (string | number)[],
  finding: Finding,
): ConfigProblem {
  const { config, name } = request;
  const whole = keysOf(request, path);
  const position = whole && config.sections[name].at && config.locate(whole);
  return { ...finding, ...(whole && { path: whole }), ...(position && { position }) };
}

/** Where the key is or would be. A type that `--executor` gave is in no file; its settings would be in `job-executors`. */
function keysOf(
  { config, name, instance }: ServiceRequest,
  path: readonly (string | number)[],
): ConfigProblem["path"] {
  const section = config.sections[name];
  const { at, type } = section;
  const isMade = (instance ?? section.instance) !== undefined;
  if (name !== "job-executor" || isMade) return [...(at ?? [name]), ...path];
  const isType = path[0] === "type";
  if (!at) return isType ? undefined : ["job-executors", type, ...path];
  return isType && at[0] === "job-executors" ? at : [...at, ...path];
}
