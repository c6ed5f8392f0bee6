import path from "node:path";
import { pathToFileURL } from "node:url";

import { describe, expect, it } from "vitest";

import { describeError } from "../../src/execute/describe-error.ts";
import { withOriginalPlaces } from "../../src/output/original-places.ts";
import { bundleJob, openProject } from "../submit/open-project.ts";

describe("the stack of an error in a bundle", () => {
  it("names the files and lines that the user wrote", async () => {
    await using project = openProject({
      "main.job.ts": `import { fit } from "./lib/model é.ts";

enum Mode { Fast }
export const run = (): never => {
  return fit(Mode.Fast);
};`,
      "lib/model é.ts": `/** About it. */
interface Shape { readonly rows: number }

class Model {
  rows: Shape["rows"] = 1;
  fit(): never {
    throw new TypeError("no rows");
  }
}

export const fit = (_: number): never => new Model().fit();`,
    });
    const { file } = await bundleJob(project.directory);
    const { run } = await import(pathToFileURL(file).href);

    const { stack } = describeError(caught(run));

    expect(stack).toContain("TypeError: no rows");
    expect(stack).toMatch(/at Model\.fit \(lib\/model é\.ts:7\)/u);
    expect(stack).toMatch(/at run \(main\.job\.ts:5\)/u);
  });

  it("keeps the places of a module whose lines are not known", () => {
    const stack = `Error: x\n    at f (file://${path.resolve("nowhere/job.mjs")}:3:1)`;

    expect(withOriginalPlaces(stack)).toBe(stack);
  });
});

function caught(run: () => never): unknown {
  try {
    return run();
  } catch (error) {
    return error;
  }
}
