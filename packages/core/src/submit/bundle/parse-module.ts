import { parseSync } from "rolldown/utils";

import { readSyntax, type ModuleSyntax } from "./module-syntax.ts";

/** A module, parsed. */
export interface ParsedModule {
  /** Absolute. */
  readonly file: string;
  readonly code: string;
  readonly syntax: ModuleSyntax;
}

/** A module's text with what it holds; undefined when it does not parse, which the bundler reports better. */
export function parseModule(file: string, code: string): ParsedModule | undefined {
  const { program, errors } = parseSync(file, code, { sourceType: "unambiguous" });
  return errors.length > 0 ? undefined : { file, code, syntax: readSyntax(program) };
}
