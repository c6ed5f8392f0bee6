import { builtIns, type BuiltIns } from "./built-ins.ts";
import { readIfThere } from "./read-file.ts";
import { scanScopes, type Scan } from "./scan.ts";
import { scopesOf, type Scopes } from "./scopes.ts";

/** What one discovery reads, each part when it is first asked for. */
export interface Sources {
  readonly builtIns: BuiltIns;
  readonly scopes: () => Scopes;
  readonly scan: () => Scan;
}

/** Sources for a project; nothing is read yet. */
export function lazySources(options: Parameters<typeof scopesOf>[0]): Sources {
  let scopes: Scopes | undefined;
  let scan: Scan | undefined;
  const once = () => (scopes ??= scopesOf(options));
  return {
    builtIns: builtIns(options.read ?? readIfThere),
    scopes: once,
    scan: () => (scan ??= scanScopes(once())),
  };
}
