import { namesOf, type Candidate } from "./candidate.ts";
import { candidatesOf } from "./candidates.ts";
import type { Finding, PackageFinding } from "./finding.ts";
import type { LocatedPackage } from "./locate-package.ts";
import { readPackageJson } from "./package-json.ts";
import { pluginPackage } from "./plugin-package.ts";
import type { QualifiedName } from "./qualified-name.ts";
import type { Scope } from "./scopes.ts";
import type { ServiceKind } from "./service-kind.ts";

/** How far the search for a full name came. */
export type Missing = "not-listed" | "not-installed" | "no-such-type";

/** Looks up `@acme/pkg:name` without a scan: reads the package.json that lists the package, nearest scope first, and the package's own. */
export function findQualified(
  scopes: readonly Scope[],
  wanted: QualifiedName & { readonly kind: ServiceKind },
): Candidate | Finding | Missing {
  for (const scope of scopes) {
    const listed = locateListed(scope, wanted.packageName);
    if (listed === "not-listed") continue;
    if (listed === "not-installed") return "not-installed";
    const plugin = pluginPackage(listed.located);
    if (!plugin) return "no-such-type";
    if ("code" in plugin) return withoutSubject(plugin);
    const { candidates, findings } = candidatesOf(plugin, listed.own ? "project" : scope.name);
    const found = candidates.find(
      (item) => item.kind === wanted.kind && namesOf(item).includes(wanted.name),
    );
    const wrong = findings.find(({ about }) => about.type === wanted.name) ?? findings[0];
    return found ?? (wrong ? withoutSubject(wrong) : "no-such-type");
  }
  return "not-listed";
}

function withoutSubject({ code, message, hint }: PackageFinding): Finding {
  return { code, message, ...(hint !== undefined && { hint }) };
}

function locateListed(
  scope: Scope,
  packageName: string,
): { readonly located: LocatedPackage; readonly own: boolean } | "not-listed" | "not-installed" {
  if (scope.self?.packageJson.name === packageName) {
    return { located: scope.self.located, own: true };
  }
  const key = scope.packages.find(
    (listed) => listed === packageName || nameOfPath(scope, listed) === packageName,
  );
  if (key === undefined) return "not-listed";
  const located = scope.locate(key);
  return located ? { located, own: false } : "not-installed";
}

// The configuration's `plugins` may hold a path in place of a name.
function nameOfPath(scope: Scope, listed: string): string | undefined {
  if (scope.name !== "config" || !listed.startsWith(".")) return undefined;
  const directory = scope.locate(listed)?.directory;
  return directory && readPackageJson(directory)?.name;
}
