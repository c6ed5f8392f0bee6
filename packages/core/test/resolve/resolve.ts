import { readConfig } from "../../src/configure/read-config.ts";
import { resolveServices, type Overrides } from "../../src/resolve/resolve-services.ts";
import type { Resolution, Services } from "../../src/resolve/resolved.ts";
import type { ProjectTree } from "../discover/project-tree.ts";

/** What the configuration of a tree resolves to. */
export async function resolve(
  tree: ProjectTree,
  overrides: Overrides = {},
  env: NodeJS.ProcessEnv = {},
): Promise<Resolution> {
  return await resolveServices(await readConfig({ cwd: tree.directory, env }), overrides);
}

/** The services; throws when there are problems. */
export async function servicesOf(tree: ProjectTree, overrides: Overrides = {}): Promise<Services> {
  const resolution = await resolve(tree, overrides);
  if (resolution.services) return resolution.services;
  throw new Error(resolution.problems.map(({ message }) => message).join("\n"));
}

/** Code, key path and line of every problem. */
export async function problemsIn(
  tree: ProjectTree,
  { executor }: { readonly executor?: string } = {},
): Promise<readonly (readonly [string, string | undefined, number | undefined])[]> {
  const config = await readConfig({ cwd: tree.directory, env: {}, ...(executor && { executor }) });
  const resolution = await resolveServices(config);
  if (resolution.services) return [];
  return resolution.problems.map(({ code, path, position }) => [
    code,
    path?.join("."),
    position?.line,
  ]);
}

/** Text of a module with a factory, its schema written with zod/mini as `z`. */
export function executorFile(schema: string, define = "defineDirectExecutor"): string {
  return `
    import { ${define}, secret } from "@runnable/plugin";
    import * as z from "zod/mini";
    export default ${define}({ config: ${schema}, executeJob: (ctx) => ctx.run() });`;
}
