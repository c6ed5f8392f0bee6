import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

import { describe, expect, it } from "vitest";

import {
  compile,
  compilerManifest,
  compilers,
  expectedProblems,
} from "../../../../test/support/type-fixtures.ts";

const fixtures = path.join(import.meta.dirname, "fixtures");

describe.each(compilers)("%s", (compiler) => {
  it("knows the settings of the types that it has seen, and lets others have any", async () => {
    const [expected, found] = await Promise.all([
      expectedProblems(fixtures),
      compile(compiler, fixtures),
    ]);

    expect(found.map(({ place }) => place)).toEqual(expected.map(({ place }) => place));
    for (const [index, { message }] of found.entries()) {
      expect(message).toContain(expected[index]?.message);
    }
  });
});

describe("an editor by TypeScript's language service", () => {
  it.each([
    [
      "types",
      "the types of installed plugins that a file imports",
      ['"local"', '"emulator"', '"my-platform"'],
    ],
    ["settings", "the settings of a type", ["priority", "cores", "network"]],
    ["choices", "the values of a setting", ['"same-path"', '"mounted"', '"relay"']],
  ])("offers %s: %s", (mark, _, expected) => {
    expect(completionsAt(mark)).toEqual(expect.arrayContaining(expected));
  });
});

/** What is offered where a mark begins in completed.ts. */
function completionsAt(mark: string): readonly string[] {
  const typescript = loadTypescript();
  const file = path.join(fixtures, "completed.ts");
  const text = readFileSync(file, "utf8");
  const position = text.indexOf(`/* ${mark} */`);
  const { config } = typescript.readConfigFile(
    path.join(fixtures, "tsconfig.json"),
    typescript.sys.readFile,
  );
  const { options } = typescript.parseJsonConfigFileContent(config, typescript.sys, fixtures);
  const service = typescript.createLanguageService({
    getCompilationSettings: () => options,
    getScriptFileNames: () => [file],
    getScriptVersion: () => "1",
    getScriptSnapshot: (name: string) => {
      const content = typescript.sys.readFile(name);
      return content === undefined ? undefined : typescript.ScriptSnapshot.fromString(content);
    },
    getCurrentDirectory: () => fixtures,
    getDefaultLibFileName: typescript.getDefaultLibFilePath,
    fileExists: typescript.sys.fileExists,
    readFile: typescript.sys.readFile,
    directoryExists: typescript.sys.directoryExists,
    realpath: typescript.sys.realpath,
  });
  const { entries = [] } = service.getCompletionsAtPosition(file, position, {}) ?? {};
  return entries.map(({ name }: { readonly name: string }) => name);
}

/** TypeScript 7 has no API in JavaScript. */
function loadTypescript() {
  const folder = path.dirname(compilerManifest("typescript-5.9"));
  return createRequire(import.meta.url)(path.join(folder, "lib/typescript.js"));
}
