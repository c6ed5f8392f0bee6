import { execFile } from "node:child_process";
import { cp, symlink, writeFile } from "node:fs/promises";
import path from "node:path";

import { expect, it } from "vitest";

import { createPageProject, type PageProject } from "./page-project.ts";
import { exampleFile, pages, root, type Page } from "./page.ts";

const tsc = path.join(root, "node_modules/typescript/bin/tsc");

it("the TypeScript of the pages has no type error", async () => {
  await using project = await createPageProject();
  const types = path.join(project.directory, "node_modules/@types");
  await symlink(path.join(root, "node_modules/@types"), types);
  for (const page of pages) await writeBlocks(project, page);
  const config = path.join(project.directory, "tsconfig.json");
  await writeFile(config, JSON.stringify(tsconfig));

  const output = await run([tsc, "-p", config, "--pretty", "false"]);

  expect(output).toBe("");
});

const tsconfig = {
  extends: path.join(root, "tsconfig.json"),
  compilerOptions: { incremental: false, tsBuildInfoFile: null },
  include: ["**/*.ts"],
  exclude: ["node_modules"],
  references: [],
};

/** A directory for each page, so that blocks of a page see each other and no others. */
async function writeBlocks(project: PageProject, page: Page): Promise<void> {
  const blocks = page.blocks.filter(
    (block) => block.language === "ts" && exampleFile(page, block) === undefined,
  );
  if (blocks.length === 0) return;
  const directory = page.name.replaceAll(/\W/gu, "-");
  const executors = path.join(project.directory, "executors");
  await cp(executors, path.join(project.directory, directory, "executors"), { recursive: true });
  for (const { file, line, text } of blocks) {
    await project.write(path.join(directory, file ?? `line-${line}.ts`), text);
  }
}

function run(argv: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(process.execPath, argv, { timeout: 60_000 }, (_, stdout) => resolve(stdout));
  });
}
