import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

import { describe, expect, inject, it } from "vitest";

import type { DockerEngine } from "../engines/docker/docker-engine.ts";
import { codesIn } from "../support/expect-refusal.ts";
import { makeDockerProject, type DockerProject } from "./docker-project.ts";

const engine = inject("dockerEngine") as DockerEngine;

const files = {
  "version.job.ts": `import { defineJob } from "@runnable/core";
export default defineJob({ run: () => ({ version: process.version, path: process.execPath }) });
`,
};
const provided = "/runnable/node/package/bin/node";

/** An image of these files, removed with the project. */
async function importImage(
  project: DockerProject,
  tree: { readonly [name: string]: string },
): Promise<string> {
  for (const [name, text] of Object.entries(tree)) {
    await mkdir(path.dirname(project.path(`image/${name}`)), { recursive: true });
    await writeFile(project.path(`image/${name}`), text);
  }
  const archive = project.path("image.tar");
  await promisify(execFile)("tar", ["-cf", archive, "-C", project.path("image"), "."]);
  return (await project.docker("import", archive)).trim();
}

describe.skipIf(!engine)("an image without Node", () => {
  it("gets the submitter's, which the engine keeps for the next run", async () => {
    await using project = await makeDockerProject(engine, files, { image: engine.images.plain });

    const first = await project.json(["run", "version.job.ts"]);
    const { stderr } = await project.runnable(["run", "version.job.ts"]);

    expect(first["returns"]).toEqual({ version: process.version, path: provided });
    expect(stderr).toContain("succeeded");
    expect(stderr).not.toContain("bringing");
    expect(await project.containers()).toEqual([]);
  });

  it("gets one in place of a Node that is too old", async () => {
    await using project = await makeDockerProject(engine, files, {
      image: engine.images.node,
      environment: { NODE_VERSION: "18.20.8" },
    });

    const end = await project.json(["run", "version.job.ts"]);

    expect(end["returns"]).toEqual({ version: process.version, path: provided });
  });

  it("is refused before it starts where its libc is musl, with what to do", async () => {
    await using project = await makeDockerProject(engine, files);
    const image = await importImage(project, {
      "lib/ld-musl-x86_64.so.1": "musl",
      "lib/ld-musl-aarch64.so.1": "musl",
    });
    await project.write(
      "musl.yaml",
      JSON.stringify({ "job-executor": { type: "docker", config: { image } } }),
    );

    const end = await project.runnable(["run", "version.job.ts", "--config", "musl.yaml"]);
    await project.docker("image", "rm", image);

    expect(codesIn(end.stderr)).toEqual(["SUBMIT_FAILED"]);
    expect(end.stderr).toMatch(/musl[^]*alpine/);
    expect(end.code).toBe(78);
  });
});
