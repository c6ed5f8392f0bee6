import { globSync, readFileSync } from "node:fs";
import path from "node:path";

/** A fenced block: ```` ```ts train.job.ts ````. */
export interface Block {
  readonly language: string;
  /** What follows the language: the file that the block is. */
  readonly file: string | undefined;
  readonly text: string;
  /** Of its first line, from 1. */
  readonly line: number;
}

/** A page of the documentation. */
export interface Page {
  /** Relative to the repository. */
  readonly name: string;
  /** Absolute. */
  readonly directory: string;
  readonly text: string;
  readonly blocks: readonly Block[];
  /** Targets of links, without those in blocks. */
  readonly links: readonly string[];
  /** As a link names them: `what-happens-when-a-job-runs`. */
  readonly anchors: readonly string[];
}

/** The repository. */
export const root: string = path.resolve(import.meta.dirname, "../..");

/** All pages. */
export const pages: readonly Page[] = globSync(
  ["README.md", "CONTRIBUTING.md", "docs/**/*.md", "{packages,plugins,examples}/*/README.md"],
  { cwd: root },
)
  .toSorted()
  .map(readPage);

/** The file of an example that a block shows a piece of: ```` ```ts ../examples/shell/count-words.job.ts ````. */
export function exampleFile(page: Page, { file }: Block): string | undefined {
  if (file === undefined) return undefined;
  const target = path.join(page.directory, file);
  return path.relative(root, target).startsWith(`examples${path.sep}`) ? target : undefined;
}

function readPage(name: string): Page {
  const text = readFileSync(path.join(root, name), "utf8");
  const blocks = blocksIn(text);
  const prose = text.replaceAll(/^```.*?^```$/gmsu, "").replaceAll(/`[^`\n]*`/gu, "");
  return {
    name,
    directory: path.dirname(path.join(root, name)),
    text,
    blocks,
    links: [...prose.matchAll(/\]\(([^)\s]+)\)/gu)].map(([, target = ""]) => target),
    anchors: [...text.matchAll(/^#+ (.+)$/gmu)].map(([, title = ""]) => anchorOf(title)),
  };
}

function blocksIn(text: string): readonly Block[] {
  return [...text.matchAll(/^```(\w+)(?: (\S+))?\n(.*?)^```$/gmsu)].map((match) => ({
    language: match[1] ?? "",
    file: match[2],
    text: match[3] ?? "",
    line: text.slice(0, match.index).split("\n").length + 1,
  }));
}

/** As GitHub makes it. */
function anchorOf(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
    .replaceAll(" ", "-");
}
