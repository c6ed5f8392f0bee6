import { readFile } from "node:fs/promises";
import path from "node:path";

import { beforeAll, describe, expect, inject, it } from "vitest";

import { installProject, type PackedProject } from "../e2e/packed.ts";
import type { DockerEngine } from "../engines/docker/docker-engine.ts";
import { mustRun } from "../support/run-program.ts";

const engine = inject("dockerEngine") as DockerEngine;
const fixture = path.resolve(import.meta.dirname, "../fixtures/acme-stores");

const files = {
  "make.job.ts": `import { writeFileSync } from "node:fs";
import { defineJob } from "@runnable/core";
import { word } from "./word.ts";
export default defineJob({
  catalog: { put: ["made.txt"] },
  secrets: ["TOKEN"],
  run({ secrets }) {
    console.log("making", secrets.TOKEN);
    writeFileSync("made.txt", word);
    return { letters: word.length, at: import.meta.dirname };
  },
});
`,
  "word.ts": `export const word: string = "hello";\n`,
};
const stores = {
  "run-log-store": { type: "acme-log", config: { folder: "records" } },
  catalog: { type: "acme-catalog", config: { folder: "kept" } },
};
const token = "a-secret-value";

let project: PackedProject;

beforeAll(async () => {
  if (!engine) return undefined;
  project = await installProject(files);
  const manifest = (await project.readJson("package.json")) as { readonly dependencies: object };
  const dependencies = { ...manifest.dependencies, "@runnable/docker": "*" };
  await project.write({ "package.json": JSON.stringify({ ...manifest, dependencies }) });
  await project.install(fixture);
  return () => project[Symbol.asyncDispose]();
}, 240_000);

const env = {
  TOKEN: token,
  ...(engine?.host === undefined ? {} : { DOCKER_HOST: engine.host }),
};

/** `run make.job.ts --json` with these settings of the executor, and these stores. */
async function run(settings: object, sections: object = {}) {
  const config = { image: engine.images.node, ...settings };
  const text = JSON.stringify({ "job-executor": { type: "docker", config }, ...sections });
  await project.write({ "config.yaml": text });
  const argv = ["run", "make.job.ts", "-c", "config.yaml", "--json"];
  const { code, stdout, stderr } = await project.run(argv, { env });
  return { code, stderr, told: JSON.parse(stdout) as { readonly [key: string]: unknown } };
}

function docker(...argv: readonly string[]): Promise<string> {
  const options = { cwd: project.directory, timeoutMs: 100_000 };
  return mustRun(["docker", ...argv], { ...options, env: { ...process.env, ...env } });
}

describe.skipIf(!engine)("packages as they are published", () => {
  it.each(["mount", "relay"])(
    "stores of another package do their work, storage %s",
    async (storage) => {
      const { code, stderr, told } = await run({ storage }, stores);
      const { runId } = told as { readonly runId: string };
      await project.run(["catalog", "get", runId, "--to", `out-${storage}`, "-c", "config.yaml"]);

      expect(code, stderr).toBe(0);
      expect(told).toMatchObject({ status: "succeeded", returns: { letters: 5 } });
      expect(stderr).toContain("making ***");
      expect(await readFile(project.path(`out-${storage}`, "made.txt"), "utf8")).toBe("hello");
      expect(await project.readJson(path.join("records", runId, "outcome.fact"))).toBeTruthy();
    },
  );

  it("code: mount runs the project where it is, seen at its own path", async () => {
    const { code, stderr, told } = await run({ code: "mount" });

    expect(code, stderr).toBe(0);
    expect(told["returns"]).toEqual({ letters: 5, at: project.directory });
  });

  it("code: image runs what the image has, in the image's own directory", async () => {
    const image = await buildImage();

    const { code, stderr, told } = await run({ image, code: "image" });
    await docker("image", "rm", image);

    expect(code, stderr).toBe(0);
    expect(told["returns"]).toEqual({ letters: 5, at: "/app" });
  });

  it("a mount that shows other bytes ends the run before the job begins", async () => {
    await project.write({ "empty/.keep": "" });
    // Over the run's own directory, as an engine in a virtual machine would that does not share it.
    const target = "/runnable/stores/run-log/masked";
    const settings = { mounts: [{ source: "empty", target }] };
    const config = { image: engine.images.node, ...settings };
    const text = JSON.stringify({ "job-executor": { type: "docker", config } });
    await project.write({ "masked.yaml": text });

    const argv = ["run", "make.job.ts", "-c", "masked.yaml", "--run-id", "masked", "--json"];
    const { code, stdout } = await project.run(argv, { env });

    expect(code).toBe(78);
    expect(JSON.parse(stdout)).toMatchObject({ status: "failed", cause: "storage" });
  });
});

/** The project, installed in an image: `/app`, with `runnable` on its PATH. */
async function buildImage(): Promise<string> {
  const id = (await docker("create", engine.images.node)).trim();
  await docker("cp", `${project.directory}/.`, `${id}:/app`);
  const changes = ["WORKDIR /app", "ENV PATH=/app/node_modules/.bin:/usr/local/bin:/usr/bin:/bin"];
  const options = changes.flatMap((change) => ["--change", change]);
  const image = (await docker("commit", ...options, id)).trim();
  await docker("rm", id);
  return image;
}
