import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";

import { describe, expect, it } from "vitest";

import {
  openProject,
  projectNames,
  refusedNames,
  type Project,
} from "../../../../test/support/one-language.ts";
import {
  bundleModule,
  type BundleAsset,
  type BundleOptions,
} from "../../src/submit/bundle-module.ts";

const travelling = projectNames.filter((name) => !refusedNames.includes(name));

describe("a bundled job", () => {
  it.each(travelling)("does the same far from its project: %s", async (name) => {
    await using project = openProject(name);
    await using payload = openDirectory();
    const { assets } = await bundle(project, payload.path);
    lay(assets, payload.path);
    renameSync(project.directory, `${project.directory}-moved`);

    const returns = run(project, path.join(payload.path, "job.mjs"));

    renameSync(`${project.directory}-moved`, project.directory);
    expect(returns).toEqual(project.expected.returns);
  });

  it.each(projectNames)("does the same in place: %s", async (name) => {
    await using project = openProject(name);
    await using elsewhere = openDirectory();
    const { file } = await bundle(project, elsewhere.path, "in-place");

    const returns = run(project, file);

    expect(returns).toEqual(project.expected.returns);
  });

  it.each(refusedNames)("is refused with every place: %s", async (name) => {
    await using project = openProject(name);
    await using payload = openDirectory();
    const { code, places } = project.expected.refused!;

    const refused = await bundle(project, payload.path).catch((error: unknown) => error);

    expect(refused).toMatchObject({ code });
    for (const place of places) {
      expect(refused).toHaveProperty("message", expect.stringContaining(place));
    }
  });
});

function bundle({ file, directory }: Project, outDirectory: string, runs?: BundleOptions["runs"]) {
  return bundleModule({
    file,
    outDirectory,
    projectDirectory: directory,
    ...(runs === undefined ? {} : { runs }),
  });
}

function lay(assets: readonly BundleAsset[], directory: string): void {
  for (const asset of assets) {
    const file = path.join(directory, asset.path);
    if (file !== asset.source) cpSync(asset.source, file, { recursive: true });
  }
}

/** What the job returns in a process of its own, with nothing in its working directory; a deprecation is an error. */
function run({ exportName }: Project, file: string): unknown {
  const main = path.join(path.dirname(file), "main.mjs");
  const source = `
    const { ${exportName}: job } = await import(${JSON.stringify(pathToFileURL(file).href)});
    const { parameters, run } = job.definition;
    const { value } = (await parameters?.["~standard"].validate({})) ?? {};
    console.log(JSON.stringify(await run({ parameters: value })));`;
  writeFileSync(main, source);
  const { stdout, stderr } = spawnSync(process.execPath, ["--throw-deprecation", main], {
    cwd: tmpdir(),
    encoding: "utf8",
    env: { HOME: tmpdir() },
  });
  expect(stderr).toBe("");
  return JSON.parse(stdout);
}

function openDirectory(): AsyncDisposable & { readonly path: string } {
  const directory = mkdtempSync(path.join(tmpdir(), "runnable-bundle-"));
  return {
    path: directory,
    [Symbol.asyncDispose]: async () => rmSync(directory, { recursive: true }),
  };
}
