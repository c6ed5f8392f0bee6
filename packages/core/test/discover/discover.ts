import type { Candidate } from "../../src/discover/candidate.ts";
import {
  createDiscovery,
  type Discovery,
  type DiscoveryOptions,
  type Found,
} from "../../src/discover/discovery.ts";
import type { Finding } from "../../src/discover/finding.ts";
import type { ProjectTree } from "./project-tree.ts";

/** Discovery for a tree. */
export function discover(
  tree: ProjectTree,
  more: { at?: string } & Partial<DiscoveryOptions> = {},
): Discovery {
  const { at = ".", packages = [], allow, ...others } = more;
  return createDiscovery({ projectDirectory: tree.path(at), packages, allow, ...others });
}

/** What was found; throws when nothing was. */
export function candidateOf(found: Found): Candidate {
  if ("finding" in found) throw new Error(found.finding.message);
  return found.candidate;
}

/** Why nothing was found; throws when something was. */
export function findingOf(found: Found): Finding {
  if ("candidate" in found) throw new Error(`found ${found.candidate.entry}`);
  return found.finding;
}

/** A package.json with executors. */
export function plugin(name: string, executors: object, more: object = {}): object {
  return { name, version: "1.0.0", runnable: { executors }, ...more };
}
