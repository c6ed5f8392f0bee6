import path from "node:path";

import { rolldown, type OutputChunk } from "rolldown";
import { describe, expect, it } from "vitest";

const core = path.resolve(import.meta.dirname, "../../packages/core");

/** Folders that belong to the submitter alone. */
const submitter = [
  "discover",
  "configure",
  "resolve",
  "prepare",
  "place",
  "submit",
  "plan",
  "observe",
  "look-back",
  "installed",
];

/** It travels with every run and is read by Node on each start. */
const limitBytes = 340_000;

describe("the job side that travels with a job", async () => {
  const { code, moduleIds } = await bundleJobSide();
  const modules = moduleIds.map((id) => path.relative(core, id).split(path.sep).join("/"));

  it("holds nothing of the submitter", () => {
    const foreign = modules.filter((id) =>
      submitter.includes(/^src\/([^/]+)\//u.exec(id)?.[1] ?? ""),
    );

    expect(foreign).toEqual([]);
  });

  it("reads JSON only, and brings no library for what a submitter does", () => {
    const libraries = modules.flatMap(
      (id) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//u.exec(id)?.[1] ?? [],
    );

    expect([...new Set(libraries)].toSorted()).toEqual(["zod"]);
  });

  it("is small", () => {
    expect(Buffer.byteLength(code)).toBeLessThan(limitBytes);
  });
});

async function bundleJobSide(): Promise<OutputChunk> {
  const input = path.join(core, "src/job-side.ts");
  const build = await rolldown({
    input,
    platform: "node",
    tsconfig: false,
    onLog: () => undefined,
  });
  try {
    const { output } = await build.generate({ format: "esm", codeSplitting: false });
    return output[0];
  } finally {
    await build.close();
  }
}
