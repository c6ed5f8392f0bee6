import { cp, writeFile } from "node:fs/promises";
import path from "node:path";

import { describe, expect, inject, it } from "vitest";

import type { ProgramEnd } from "../support/run-program.ts";
import type { Installs } from "./global-setup.ts";
import { makeProject, type InstalledProject } from "./install-layout.ts";
import {
  bunLayout,
  npmLayout,
  pnpmIsolated,
  yarnNodeModules,
  yarnPnp,
  type Layout,
  type LinkCommand,
} from "./layout.ts";
import { configOf, projectFiles } from "./project-files.ts";

const testMs = 600_000;
const fixture = path.resolve(import.meta.dirname, "../fixtures/plugins/typescript");
const given = inject("installs");

describe.skipIf("missing" in given)("a plugin that is linked", () => {
  it.each([npmLayout, pnpmIsolated, yarnNodeModules, yarnPnp, bunLayout])(
    "runs from its TypeScript in place of what $name installed",
    async (layout) => {
      if ("missing" in given) return;
      await using project = await installPlugin(layout, given);
      const checkout = await makeCheckout(project, layout, given);

      const before = await project.run(runJob);
      await link(project, layout.link(checkout));
      const after = await project.run(runJob);

      expect(before.code, before.stderr).toBe(0);
      expect(before.imported).toEqual(["typescript"]);
      expect(after.code, after.stderr).toBe(0);
      expect(after.imported).toEqual(["typescript-source"]);
      expect(await providerOf(project, before.stdout)).toHaveProperty("integrity");
      expect(await providerOf(project, after.stdout)).not.toHaveProperty("integrity");
    },
    testMs,
  );
});

const runJob = ["run", "sum.job.ts", "-c", configOf("typescript"), "--json"];

async function installPlugin(layout: Layout, installs: Installs): Promise<InstalledProject> {
  const project = await makeProject(layout, installs);
  const { name, version, type, dependencies } = JSON.parse(
    projectFiles()["package.json"] ?? "",
  ) as {
    readonly [key: string]: unknown;
    readonly dependencies: { readonly [name: string]: string };
  };
  const wanted = Object.entries(dependencies).filter(
    ([dependency]) => !dependency.startsWith("@acme/") || dependency === "@acme/typescript",
  );
  await project.write({
    ...projectFiles(),
    "package.json": JSON.stringify({
      name,
      version,
      type,
      dependencies: Object.fromEntries(wanted),
    }),
  });
  await succeed(project.install());
  return project;
}

/** Beside the project, with the same package manager's settings and its own dependencies. */
async function makeCheckout(
  project: InstalledProject,
  layout: Layout,
  installs: Installs,
): Promise<string> {
  const checkout = path.join(path.dirname(project.directory), "checkout");
  await cp(fixture, checkout, { recursive: true });
  for (const [name, text] of Object.entries(layout.settings(installs))) {
    await writeFile(path.join(checkout, name), text);
  }
  await succeed(project.command(layout.install, "../checkout"));
  return checkout;
}

async function link(project: InstalledProject, commands: readonly LinkCommand[]): Promise<void> {
  for (const { argv, inCheckout } of commands) {
    await succeed(project.command(argv, inCheckout ? "../checkout" : "."));
  }
}

async function succeed(command: Promise<ProgramEnd>): Promise<void> {
  const { code, stdout, stderr } = await command;
  expect(code, stdout + stderr).toBe(0);
}

/** Who is recorded for the run that a command told of. */
async function providerOf(project: InstalledProject, stdout: string): Promise<unknown> {
  const { runId } = JSON.parse(stdout) as { readonly runId: string };
  const run = await project.read(`.run_log_store/${runId}/run.json`);
  return (JSON.parse(run) as { readonly executor: unknown }).executor;
}
