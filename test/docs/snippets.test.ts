import { readFileSync } from "node:fs";
import path from "node:path";

import { describe, expect, it } from "vitest";

import { createPageProject, type LineEnd, type PageProject } from "./page-project.ts";
import { exampleFile, pages, root, type Block, type Page } from "./page.ts";

const told = pages.filter(
  ({ name, blocks }) =>
    (name === "README.md" || name.startsWith("docs/")) &&
    blocks.some(({ language }) => language === "sh"),
);

describe.concurrent("the commands of a page do what it says", () => {
  it.each(told)("$name", { timeout: 100_000 }, async (page) => {
    await using project = await createPageProject();

    expect(await tell(project, page)).toBeUndefined();
  });
});

describe("commands of this repository", () => {
  const manifest = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as {
    readonly scripts: object;
  };

  it.each(pages.flatMap(pnpmLines))("%s", (line) => {
    const [, script] = /pnpm@12 (?:run )?(\S+)/u.exec(line) ?? [];

    expect(manifest.scripts).toHaveProperty([script ?? ""]);
  });
});

/** Makes the blocks come true one after another; says what did not. */
async function tell(project: PageProject, page: Page): Promise<string | undefined> {
  let last: LineEnd | undefined;
  for (const block of page.blocks) {
    if (block.file !== undefined && exampleFile(page, block) === undefined) {
      await project.write(block.file, block.text);
    }
    if (block.language === "text" && !shows(last, block)) {
      return `${page.name}:${block.line}: the output is\n${last?.output}`;
    }
    if (block.language !== "sh") continue;
    for (const { line, code, at } of linesOf(block)) {
      if (line.startsWith(viaNetwork)) continue;
      last = await project.sh(line);
      if (last.code !== code) {
        return `${page.name}:${at}: ${line}\nended with ${last.code}:\n${last.output}`;
      }
    }
  }
  return undefined;
}

const viaNetwork = "npx -y pnpm@12 ";

interface CommandLine {
  readonly line: string;
  readonly code: number;
  readonly at: number;
}

/** Lines with the exit code that a comment promises: `# ends with 78`. */
function linesOf(block: Block): readonly CommandLine[] {
  return block.text.split("\n").flatMap((text, index) => {
    const [, line = "", comment = ""] = /^(.*?)(?:\s+#\s(.*))?$/u.exec(text) ?? [];
    const [, code = "0"] = /ends with (\d+)/u.exec(comment) ?? [];
    return line === "" ? [] : [{ line, code: Number(code), at: block.line + index }];
  });
}

/** Whether output is what a page shows; `…` stands for anything. */
function shows(last: LineEnd | undefined, block: Block): boolean {
  const pattern = squeeze(block.text).split("…").map(literal).join("[^]*?");
  return new RegExp(pattern, "u").test(squeeze(last?.output ?? ""));
}

function squeeze(text: string): string {
  return text.replaceAll(/\s+/gu, " ").trim();
}

function literal(text: string): string {
  return text.replaceAll(/[$()*+./?[\\\]^{|}]/gu, String.raw`\$&`);
}

function pnpmLines(page: Page): readonly string[] {
  const blocks = page.blocks.filter(({ language }) => language === "sh");
  const lines = blocks.flatMap(linesOf).map(({ line }) => line);
  return lines.filter((line) => line.startsWith(viaNetwork));
}
