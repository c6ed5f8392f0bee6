import type { Candidate } from "./candidate.ts";
import { coreVersion } from "./core-package.ts";
import coreVersions from "./core-versions.json" with { type: "json" };
import type { Finding } from "./finding.ts";
import { nearestPackageDirectory, readPackageJson } from "./package-json.ts";
import { installCommand } from "./package-manager.ts";

/** Versions of the plugin contract that this core speaks. */
export const supportedApis: readonly number[] = [1];

/** First version of @runnable/core that speaks an api, as far as this core can know. */
const firstCores: { readonly [api: string]: string } = coreVersions;

/** The highest version of the contract that both speak; `undefined` if there is none. */
export function commonApi(
  { provider }: Candidate,
  supported: readonly number[],
): number | undefined {
  const common = provider.api.filter((api) => supported.includes(api));
  return common.length === 0 ? undefined : Math.max(...common);
}

/** What is spoken here, and whose package manager to name. */
export interface ApiSearch {
  readonly supported: readonly number[];
  readonly projectDirectory: string;
}

/** What is wrong with a candidate whose package speaks none of the supported versions. */
export function refusedByApi(candidate: Candidate, search: ApiSearch): Finding | undefined {
  const { supported } = search;
  if (commonApi(candidate, supported) !== undefined) return undefined;
  const { packageName, version, api, directory } = candidate.provider;
  const spoken = api.length === 0 ? "no valid plugin api" : `plugin api ${api.join(", ")}`;
  const core = ["this runnable", coreVersion()].filter((word) => word !== "").join(" ");
  return {
    code: "PLUGIN_API_UNSUPPORTED",
    message: `${packageName} ${version} speaks ${spoken}; ${core} speaks ${supported.join(", ")}`,
    hint: `Loaded from ${directory}.\n${remedy(candidate, search)}`,
  };
}

function remedy({ provider: { packageName, api } }: Candidate, search: ApiSearch): string {
  const other = `a version of ${packageName} that lists api ${Math.max(...search.supported)}`;
  if (api.length === 0) return `Use ${other}.`;
  const first = firstCores[String(Math.max(...api))];
  const range = first === undefined ? "latest" : `^${first}`;
  const packages = ownPackages(search.projectDirectory).map((name) => `${name}@${range}`);
  return `Run: ${installCommand(search.projectDirectory, packages.join(" "))}, or use ${other}.`;
}

// All share one version, and a command line of before would go on with a core of its own.
function ownPackages(projectDirectory: string): readonly string[] {
  const project = nearestPackageDirectory(projectDirectory);
  const listed = project === undefined ? [] : (readPackageJson(project)?.dependencies ?? []);
  const beside = ["@runnable/cli", "@runnable/plugin"].filter((name) => listed.includes(name));
  return ["@runnable/core", ...beside];
}
