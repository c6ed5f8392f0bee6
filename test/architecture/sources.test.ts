import path from "node:path";

import { describe, expect, it } from "vitest";

import { sourceFiles } from "./source-files.ts";

const platformWords = /docker|podman|kubernetes|k8s|slurm|sbatch|\baws\b|\bbatch\b/iu;
const anyTypes = /:\s*any\s*[;,)=|>}]|\bas any\b|<any\b|\bany\[\]/u;
const collectors = new Set(["utils.ts", "util.ts", "common.ts", "helpers.ts", "misc.ts"]);

describe("sources", () => {
  const sources = sourceFiles("{packages,plugins}/*/src/**/*.ts");

  it("name no platform in packages/", () => {
    const named = sources.filter((file) => file.path.startsWith("packages/"));

    expect(linesWith(platformWords, named)).toEqual([]);
  });

  it("have no `any`", () => {
    expect(linesWith(anyTypes, sources)).toEqual([]);
  });

  it("have no `using`, which Node 22 can't read", () => {
    expect(linesWith(/^\s*(?:await )?using \w/u, sources)).toEqual([]);
  });

  it("do not ask whether they are the main module, which a bundle answers wrongly", () => {
    expect(linesWith(/import\.meta\.main(?!["`)])/u, sources)).toEqual([]);
  });
});

describe("files", () => {
  const files = sourceFiles("{packages,plugins}/*/{src,test}/**/*.ts").concat(
    sourceFiles("{scripts,test,examples}/**/*.ts"),
  );

  it("have kebab-case names that say what is inside", () => {
    const names = files.map((file) => path.basename(file.path));

    expect(names.filter((name) => !/^[a-z0-9]+(?:[-.][a-z0-9]+)*\.ts$/u.test(name))).toEqual([]);
    expect(names.filter((name) => collectors.has(name))).toEqual([]);
  });

  it("have at most 250 lines", () => {
    const long = files.map((file) => ({
      path: file.path,
      lines: file.text.split("\n").length - 1,
    }));

    expect(long.filter(({ lines }) => lines > 250)).toEqual([]);
  });
});

function linesWith(pattern: RegExp, files: ReturnType<typeof sourceFiles>): readonly string[] {
  return files.flatMap((file) =>
    file.text
      .split("\n")
      .flatMap((line, index) =>
        pattern.test(line) ? [`${file.path}:${index + 1} ${line.trim()}`] : [],
      ),
  );
}
