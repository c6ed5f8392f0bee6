import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";

import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";

import type { PublishedPackage } from "../engines/npm-registry/publish-tarball.ts";
import { codesIn } from "../support/expect-refusal.ts";
import type { ProgramEnd } from "../support/run-program.ts";
import type { Installs } from "./global-setup.ts";
import { makeProject, type InstalledProject } from "./install-layout.ts";
import type { Layout } from "./layout.ts";
import { startPlatform, type Platform } from "./platform.ts";
import { brokenTypes, workingTypes } from "./plugins.ts";
import { configOf, projectFiles } from "./project-files.ts";

const fixtures = path.resolve(import.meta.dirname, "../fixtures/plugins");
const setUpMs = 600_000;

/** All tests of one layout: every plugin does there what it does elsewhere. */
export function testLayout(layout: Layout): void {
  const given = inject("installs");
  const isMissing = "missing" in given;
  describe.skipIf(isMissing)(`packages installed by ${layout.name}`, () => {
    if (!isMissing) defineTests(layout, given);
  });
}

function defineTests(layout: Layout, installs: Installs): void {
  let project: InstalledProject;
  let platform: Platform;
  let refused: ProgramEnd;

  beforeAll(async () => {
    platform = await startPlatform();
    project = await makeProject(layout, installs);
    await project.write({ ...projectFiles(), "platform.yaml": platform.config });
    refused = await project.install("not-the-token");
    const { code, stdout, stderr } = await project.install();
    expect(code, stdout + stderr).toBe(0);
  }, setUpMs);

  afterAll(async () => {
    await platform?.[Symbol.asyncDispose]();
    await project?.[Symbol.asyncDispose]();
  });

  it("are given to nobody without the token", () => {
    expect(refused.code).not.toBe(0);
    expect(refused.stdout + refused.stderr).toMatch(/@acme\/|401|authori[sz]/i);
  });

  it.each(workingTypes)("bring $type, which alone is imported and recorded", async (plugin) => {
    const end = await project.run(["run", "sum.job.ts", "-c", configOf(plugin.type), "--json"]);

    expect(end.code, end.stderr).toBe(0);
    const { runId, ...result } = JSON.parse(end.stdout) as { readonly runId: string };
    expect(result).toMatchObject({ status: "succeeded", returns: { sum: 55 } });
    expect(end.stderr).toContain(plugin.says);
    expect(end.imported).toEqual([plugin.package.slice("@acme/".length)]);
    const run = JSON.parse(await project.read(`.run_log_store/${runId}/run.json`)) as unknown;
    const published = { name: plugin.package, version: "1.0.0" };
    expect(run).toMatchObject({
      executor: {
        type: plugin.type,
        package: plugin.package,
        version: "1.0.0",
        integrity: await integrityOf(published),
        digest: await digestOf(path.join(fixtures, plugin.package.slice(6), plugin.entry)),
      },
    });
  });

  it.each(brokenTypes)("refuse %s and say why", async (type, code, said) => {
    const end = await project.run(["run", "sum.job.ts", "-c", configOf(type)]);

    const told = { code: end.code, last: codesIn(end.stderr).at(-1) };
    expect(told, end.stderr).toEqual({ code: 78, last: code });
    expect(end.stderr).toContain(said);
    expect(end.imported).toEqual(type === "broken-import" ? [type] : []);
  });

  it("are listed the same everywhere, and none is imported for it", async () => {
    const end = await project.run(["plugins", "list", "--json"]);

    expect(end.code, end.stderr).toBe(0);
    expect(end.imported).toEqual([]);
    await expect(withoutPlaces(end.stdout)).toMatchFileSnapshot("plugins-list.snap");
  });

  it("run a job on a platform, its dependencies in the bundle", async () => {
    const end = await project.run(["run", "sum.job.ts", "-c", "platform.yaml", "--json"]);

    expect(end.code, end.stderr).toBe(0);
    expect(JSON.parse(end.stdout)).toMatchObject({ status: "succeeded", returns: { sum: 55 } });
    expect(platform.keys).toHaveLength(1);
    expect(end.imported).toEqual([]);
  });

  it.each(["local", "isolated", "emulator"])("let a job on %s start workers", async (name) => {
    const end = await project.run(["run", "worker.job.ts", "-c", configOf(name), "--json"]);

    expect(end.code, end.stderr).toBe(0);
    expect(JSON.parse(end.stdout)).toMatchObject({ returns: { doubled: 42 } });
  });

  it("bring stores, which keep records, files and secrets", async () => {
    const end = await project.run(["run", "keep.job.ts", "-c", "stores.yaml", "--json"]);
    const { runId } = JSON.parse(end.stdout) as { readonly runId: string };
    const shown = await project.run(["runs", "show", runId, "-c", "stores.yaml", "--json"]);

    expect(end.code, end.stderr).toBe(0);
    expect(JSON.parse(shown.stdout)).toMatchObject({
      outcome: { returns: { letters: 13 }, catalog: [{ path: "made.txt" }] },
    });
    expect(await project.read(`kept/${runId}/files/made.txt`)).toBe("made");
  });

  async function integrityOf(pkg: Omit<PublishedPackage, "integrity">): Promise<unknown> {
    const integrity = installs.published[`${pkg.name}@${pkg.version}`] ?? "";
    return layout.integrity(await project.read(layout.lockfile), { ...pkg, integrity });
  }
}

/** A list of plugins without what must differ: paths, and the commands of package managers. */
function withoutPlaces(list: string): string {
  const types = JSON.parse(list) as readonly { readonly scope?: string; readonly entry?: string }[];
  const listed = types.filter(({ scope }) => scope !== "built-in");
  const text = JSON.stringify(listed, undefined, 2);
  return `${text.replaceAll(/\/\S*\/node_modules\//g, "…/").replaceAll(/Run: [^,]*/g, "Run: …")}\n`;
}

async function digestOf(file: string): Promise<string> {
  const hash = createHash("sha256").update(await readFile(file));
  return `sha256:${hash.digest("hex")}`;
}
