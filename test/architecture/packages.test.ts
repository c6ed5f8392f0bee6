import { readFileSync } from "node:fs";
import path from "node:path";

import { describe, expect, it } from "vitest";

import { packageFolders, packageJson, sourceFiles } from "./source-files.ts";

/** cli → core → plugin ← plugins/*; testkit → plugin. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  "packages/plugin": [],
  "packages/core": ["@runnable/plugin"],
  "packages/cli": ["@runnable/core"],
  "packages/testkit": ["@runnable/plugin"],
  "plugins/*": ["@runnable/plugin"],
};

/** The same in every package. */
const uniform = {
  version: packageJson("packages/plugin")["version"],
  license: "Apache-2.0",
  type: "module",
  files: ["dist", "!dist/.tsbuildinfo", "src"],
  engines: { node: ">=22.19" },
};

/** Text: it holds comments. */
const rootTsconfig = readFileSync(path.join(import.meta.dirname, "../../tsconfig.json"), "utf8");

describe.each(packageFolders())("%s", (folder) => {
  const manifest = packageJson(folder);

  it("imports only the packages below it", () => {
    const may = allowed[folder] ?? allowed[folder.replace(/[^/]+$/u, "*")] ?? [];
    const used = sourceFiles(`${folder}/src/**/*.ts`).flatMap((file) =>
      file.imports.filter((id) => id.startsWith("@runnable/")).map((id) => ({ at: file.path, id })),
    );

    expect(used.filter(({ id }) => !may.some((name) => isWithin(id, name)))).toEqual([]);
  });

  it("does not reach into another package's files", () => {
    const files = sourceFiles(`${folder}/src/**/*.ts`);

    expect(files.filter(leavesSources).map((file) => file.path)).toEqual([]);
  });

  it("has the package.json fields that all packages share", () => {
    expect(manifest).toMatchObject(uniform);
    expect(manifest["description"]).toMatch(/^[A-Z].*\.$/u);
    expect(manifest["exports"]).toHaveProperty(["./package.json"], "./package.json");
  });

  it("takes versions from the workspace and its catalog", () => {
    const fields = ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"];
    const versions = fields.flatMap((field) => Object.entries(manifest[field] ?? {}));

    // An alias installs a second version of a package beside the catalog's.
    expect(
      versions.filter(([, version]) => !/^(?:catalog:|workspace:\^|npm:)/u.test(version)),
    ).toEqual([]);
  });

  it("is type-checked and built with the others", () => {
    expect(rootTsconfig).toContain(`{ "path": "${folder}" }`);
  });

  it("publishes what it exports in the workspace", () => {
    const published = manifest["publishConfig"] as { exports: object; access: string };

    expect(published.access).toBe("public");
    expect(Object.keys(published.exports)).toEqual(Object.keys(manifest["exports"] as object));
  });
});

it.each(packageFolders().filter((folder) => folder.startsWith("plugins/")))(
  "%s shares the contract of whoever loads it",
  (folder) => {
    const { dependencies = {}, peerDependencies } = packageJson(folder);

    expect(peerDependencies).toHaveProperty(["@runnable/plugin"]);
    expect(dependencies).not.toHaveProperty(["@runnable/plugin"]);
  },
);

it("core ships the local executors and never imports them", () => {
  const importers = sourceFiles("packages/core/src/**/*.ts").filter((file) =>
    file.imports.some((id) => isWithin(id, "@runnable/local")),
  );

  expect(packageJson("packages/core")["dependencies"]).toHaveProperty(["@runnable/local"]);
  expect(importers.map((file) => file.path)).toEqual([]);
});

function isWithin(specifier: string, packageName: string): boolean {
  return specifier === packageName || specifier.startsWith(`${packageName}/`);
}

/** A package may read its own package.json. */
function leavesSources(file: {
  readonly path: string;
  readonly imports: readonly string[];
}): boolean {
  const folder = file.path.split("/").slice(0, 2).join("/");
  return file.imports
    .filter((id) => id.startsWith("."))
    .map((id) => path.posix.join(path.posix.dirname(file.path), id))
    .some((target) => !target.startsWith(`${folder}/src/`) && target !== `${folder}/package.json`);
}
