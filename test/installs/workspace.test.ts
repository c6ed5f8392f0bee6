import { cp } from "node:fs/promises";
import path from "node:path";

import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";

import type { Installs } from "./global-setup.ts";
import { makeProject, type InstalledProject } from "./install-layout.ts";
import { bunLayout, npmLayout, pnpmIsolated, yarnPnp, type Layout } from "./layout.ts";
import { jobs } from "./project-files.ts";

const setUpMs = 600_000;
const fixture = path.resolve(import.meta.dirname, "../fixtures/plugins/typescript");
const given = inject("installs");

/** Runnable itself, as each app lists it. */
const own = {
  "@runnable/cli": "^0.1.0",
  "@runnable/core": "^0.1.0",
  "@runnable/plugin": "^0.1.0",
  zod: "^4.1.0",
};

describe.skipIf("missing" in given).each([npmLayout, pnpmIsolated, yarnPnp, bunLayout])(
  "a workspace of $name, in a path with spaces",
  (layout) => {
    let project: InstalledProject;

    beforeAll(async () => {
      if ("missing" in given) return;
      project = await makeWorkspace(layout, given);
    }, setUpMs);

    afterAll(() => project?.[Symbol.asyncDispose]());

    it.each(["1.0.0", "2.0.0"])("gives an app its own version of a plugin, %s", async (version) => {
      const run = await runIn(project, version === "1.0.0" ? "apps/a" : "apps/b", "two-versions");

      expect(run).toMatchObject({
        executor: {
          package: "@acme/two-versions",
          version,
          integrity: await integrityOf(project, layout, version),
        },
      });
    });

    it("lets an app use what the workspace's root lists", async () => {
      const run = await runIn(project, "apps/b", "apis");

      expect(run).toMatchObject({ executor: { package: "@acme/apis" } });
    });

    it("runs a plugin of the workspace from its TypeScript", async () => {
      const end = await project.run(["run", "sum.job.ts", "-c", "typescript.yaml"], "apps/a");

      expect(end.code, end.stderr).toBe(0);
      expect(end.stderr).toContain("typescript-source says HELLO");
      expect(end.imported).toEqual(["typescript-source"]);
    });
  },
);

async function makeWorkspace(layout: Layout, installs: Installs): Promise<InstalledProject> {
  const project = await makeProject(layout, installs, "my project & more");
  // npm and bun know no `workspace:`, and take the workspace's own where it fits.
  const linked = layout === npmLayout ? "^1.0.0" : "workspace:^";
  await project.write({
    "package.json": json({
      name: "root",
      private: true,
      workspaces: ["apps/*", "plugins/*"],
      // The peer of what it lists, as PnP demands.
      devDependencies: { "@acme/apis": "^1.0.0", "@runnable/plugin": "^0.1.0" },
    }),
    "apps/a/package.json": json(
      app("a", { "@acme/two-versions": "1.0.0", "@acme/typescript": linked }),
    ),
    "apps/b/package.json": json(app("b", { "@acme/two-versions": "2.0.0" })),
  });
  for (const directory of ["apps/a", "apps/b"]) {
    await project.write({
      [`${directory}/sum.job.ts`]: jobs["sum.job.ts"] ?? "",
      [`${directory}/two-versions.yaml`]: executor("two-versions"),
      [`${directory}/apis.yaml`]: executor("apis"),
      [`${directory}/typescript.yaml`]: executor("typescript"),
    });
  }
  await cp(fixture, path.join(project.directory, "plugins/typescript"), { recursive: true });
  const { code, stdout, stderr } = await project.install();
  expect(code, stdout + stderr).toBe(0);
  return project;
}

function app(name: string, plugins: { readonly [name: string]: string }): object {
  return {
    name,
    version: "0.0.0",
    private: true,
    type: "module",
    dependencies: { ...own, ...plugins },
  };
}

function executor(type: string): string {
  return `job-executor: { type: ${type}, config: { word: hello } }\n`;
}

function json(value: object): string {
  return JSON.stringify(value);
}

/** The record of a run in an app. */
async function runIn(project: InstalledProject, cwd: string, type: string): Promise<unknown> {
  const end = await project.run(["run", "sum.job.ts", "-c", `${type}.yaml`, "--json"], cwd);
  expect(end.code, end.stderr).toBe(0);
  expect(end.imported).toEqual([type]);
  const { runId } = JSON.parse(end.stdout) as { readonly runId: string };
  return JSON.parse(await project.read(`${cwd}/.run_log_store/${runId}/run.json`));
}

async function integrityOf(
  project: InstalledProject,
  layout: Layout,
  version: string,
): Promise<unknown> {
  const name = "@acme/two-versions";
  const published = "published" in given ? given.published : {};
  const integrity = published[`${name}@${version}`] ?? "";
  return layout.integrity(await project.read(layout.lockfile), { name, version, integrity });
}
