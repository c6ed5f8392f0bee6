import { closestName } from "../jobs/closest-name.ts";
import { candidatesOf } from "./candidates.ts";
import type { Finding } from "./finding.ts";
import { hiddenProviderLines } from "./hidden-provider.ts";
import { installAllCommand, installCommand } from "./package-manager.ts";
import { pluginPackage } from "./plugin-package.ts";
import type { QualifiedName } from "./qualified-name.ts";
import type { Missing } from "./qualified.ts";
import type { Query } from "./query.ts";
import { kindCodes, kindWords } from "./service-kind.ts";
import type { Sources } from "./sources.ts";

/** A full name without an answer, and how far the search came. */
export interface MissingName extends QualifiedName {
  readonly missing: Missing;
  readonly sources: Sources;
}

/** Why a full name has no answer. */
export function qualifiedNotFound(query: Query, wanted: MissingName): Finding {
  const { kind, projectDirectory } = query;
  const { packageName, name, missing } = wanted;
  const code = `${kindCodes[kind]}_NOT_FOUND`;
  if (missing === "not-listed") {
    return {
      code,
      message: `${packageName} is not a dependency of this project`,
      hint: notListed(query, wanted).join("\n"),
    };
  }
  if (missing === "not-installed") {
    return {
      code,
      message: `${packageName} is in package.json but not installed`,
      hint: `Run: ${installAllCommand(projectDirectory)}`,
    };
  }
  return {
    code,
    message: `${packageName} has no ${kindWords[kind]} named "${name}"`,
    hint: offered(query, wanted),
  };
}

function notListed(query: Query, { packageName, name, sources }: MissingName): readonly string[] {
  const known = sources
    .scopes()
    .scopes.flatMap(({ packages, self }) => [
      ...packages,
      ...(self?.packageJson.name ? [self.packageJson.name] : []),
    ]);
  const near = closestName(packageName, known);
  if (near !== undefined) return [`Did you mean "${near}:${name}"?`];
  const hidden = hiddenProviderLines({ ...query, type: name }, sources, packageName);
  if (hidden.length > 0) return hidden;
  return [`Run: ${installCommand(query.projectDirectory, packageName)}`];
}

/** What the package has in place of the name. */
function offered({ kind }: Query, { packageName, name, sources }: MissingName): string {
  const scopes = sources.scopes().scopes;
  const located = scopes
    .map(({ self, locate }) =>
      self?.packageJson.name === packageName ? self.located : locate(packageName),
    )
    .find((found) => found !== undefined);
  const plugin = located && pluginPackage(located);
  if (!plugin || "code" in plugin) return 'Its package.json has no "runnable" field.';
  const { candidates } = candidatesOf(plugin, "dependency");
  const names = candidates.filter((item) => item.kind === kind).map(({ type }) => type);
  const near = closestName(name, names);
  if (near !== undefined) return `Did you mean "${packageName}:${near}"?`;
  if (names.length > 0) return `It has: ${names.join(", ")}.`;
  const others = candidates.map((item) => `${item.type} (${kindWords[item.kind]})`);
  return others.length > 0 ? `It has: ${others.join(", ")}.` : "It provides nothing.";
}
