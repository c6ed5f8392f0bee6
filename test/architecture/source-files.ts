import { globSync, readFileSync } from "node:fs";
import path from "node:path";

/** A source file of a package, with what it imports. */
export interface SourceFile {
  /** From the repository's root: `packages/core/src/place/place-stores.ts`. */
  readonly path: string;
  readonly text: string;
  /** Specifiers as written, types and dynamic imports included. */
  readonly imports: readonly string[];
}

const root = path.resolve(import.meta.dirname, "../..");
const importPattern = /(?:\bfrom\s*|\bimport\s*\(?\s*)["']([^"']+)["']/gu;

export function sourceFiles(pattern: string): readonly SourceFile[] {
  return globSync(pattern, { cwd: root, exclude: ["**/node_modules/**", "**/dist/**"] })
    .toSorted()
    .map((file) => read(file));
}

export function packageJson(folder: string): Record<string, unknown> {
  return JSON.parse(readFileSync(path.join(root, folder, "package.json"), "utf8"));
}

/** Folders of the packages, from the repository's root: `packages/core`. */
export function packageFolders(): readonly string[] {
  return globSync("{packages,plugins}/*/package.json", { cwd: root })
    .toSorted()
    .map((file) => path.dirname(file));
}

function read(file: string): SourceFile {
  const text = readFileSync(path.join(root, file), "utf8");
  // `export type {} from` brings a module into the compiler's view, and nothing of it into the program.
  const code = text.replaceAll(/^export type \{\} from .*$/gmu, "");
  const imports = [...code.matchAll(importPattern)].map(([, specifier]) => specifier ?? "");
  return { path: file, text, imports };
}
