import { existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";

import { describe, expect, it } from "vitest";

import { exampleFile, pages, root, type Page } from "./page.ts";

describe.each(pages)("$name", (page) => {
  it("links to what is there", () => {
    const own = page.links.filter((link) => !/^[a-z]+:/u.test(link));

    expect(own.filter((link) => !leadsSomewhere(page, link))).toEqual([]);
  });

  it("shows pieces of the examples as they are", () => {
    const changed = page.blocks.filter((block) => {
      const file = exampleFile(page, block);
      return file !== undefined && !readFileSync(file, "utf8").includes(block.text);
    });

    expect(changed.map(({ file, line }) => `${line}: ${file}`)).toEqual([]);
  });

  it("holds JSON that is JSON", () => {
    const texts = page.blocks.filter(({ language }) => language === "json");

    for (const { text } of texts) expect(() => void JSON.parse(text)).not.toThrow();
  });
});

it("every page of docs/ is reached from the README", () => {
  const readme = pages.find(({ name }) => name === "README.md")?.links ?? [];
  const unlinked = pages
    .map(({ name }) => name)
    .filter((name) => name.startsWith("docs/") && !name.startsWith("docs/decisions/"))
    .filter((name) => !readme.includes(name));

  expect(unlinked).toEqual([]);
});

function leadsSomewhere(page: Page, link: string): boolean {
  const [target = "", anchor] = link.split("#");
  const file = target === "" ? path.join(root, page.name) : path.join(page.directory, target);
  if (!existsSync(file)) return false;
  if (anchor === undefined || statSync(file).isDirectory()) return true;
  const other = pages.find(({ name }) => path.join(root, name) === file);
  return other?.anchors.includes(anchor) ?? false;
}
