import { symlink } from "node:fs/promises";
import path from "node:path";

import { describe, expect, inject, it } from "vitest";

import { defineConfig } from "../../packages/core/src/index.ts";
import { s3Plugin } from "../../plugins/s3/src/index.ts";
import type { S3Access } from "../engines/s3/s3-server.ts";
import { filesWith, makeProject, type JobProject } from "../support/job-project.ts";

const server = inject("s3") as S3Access;
const plugins = path.resolve(import.meta.dirname, "../../plugins");

const job = `import { writeFile } from "node:fs/promises";
import { defineJob } from "@runnable/core";
export default defineJob({
  catalog: { put: ["made.txt"] },
  run: () => writeFile("made.txt", "made"),
});
`;

const program = `import { createHost } from "@runnable/core";
import { localPlugin } from "@runnable/local";
import { s3Plugin } from "@runnable/s3";
import make from "./make.job.ts";
const host = createHost({ plugins: [localPlugin, s3Plugin] });
const { status } = await host.executeJob(make, { runId: "in-code" });
console.log(status);
`;

describe.skipIf(!server)("a program that brings the package as a value", () => {
  it("keeps its runs in the bucket", async () => {
    await using project = await projectWith({ "main.ts": program });

    const end = await project.node(["main.ts"], keys());

    expect(end.stdout, end.stderr).toBe("succeeded\n");
    expect(await filesWith(server.directory, "in-code/")).toEqual(
      expect.arrayContaining(["of-a-program/runs/in-code/outcome.json"]),
    );
  });
});

describe.skipIf(!server)("keys that a job elsewhere needs", () => {
  it("are in no file of the project or the bucket after its run", async () => {
    await using project = await projectWith({});

    const end = await project.run(
      ["make.job.ts", "--executor", "emulator", "--run-id", "elsewhere"],
      keys(),
    );

    expect(end).toMatchObject({ status: "succeeded" });
    expect(await filesWith(server.directory, "elsewhere/")).toEqual(
      expect.arrayContaining(["of-a-program/files/elsewhere/.manifest/00000001.json"]),
    );
    expect(await filesWith(server.directory, server.secretAccessKey)).toEqual([]);
    expect(await project.filesWith(server.secretAccessKey)).toEqual([]);
  });
});

it("the compiler knows the settings of a bucket", () => {
  const config = defineConfig({
    "run-log-store": { type: "chunked-minio", config: { bucket: "records" } },
    // @ts-expect-error -- a bucket has a name
    catalog: { type: "s3", config: { bucket: 3 } },
  });

  expect(Object.keys(s3Plugin.catalogs ?? {})).toContain("s3");
  expect(config.catalog).toMatchObject({ type: "s3" });
});

async function projectWith(files: { readonly [name: string]: string }): Promise<JobProject> {
  const project = await makeProject({
    "package.json": JSON.stringify({
      name: "project",
      type: "module",
      dependencies: { "@runnable/s3": "*" },
    }),
    "make.job.ts": job,
    "runnable-config.yaml": JSON.stringify({
      "run-log-store": { type: "s3", config: placeOf("runs") },
      catalog: { type: "s3", config: placeOf("files") },
    }),
    ...files,
  });
  for (const name of ["local", "s3"]) {
    await symlink(path.join(plugins, name), project.path(`node_modules/@runnable/${name}`));
  }
  return project;
}

function keys(): { readonly [name: string]: string } {
  return {
    AWS_ACCESS_KEY_ID: server.accessKeyId,
    AWS_SECRET_ACCESS_KEY: server.secretAccessKey,
  };
}

function placeOf(part: string): object {
  return {
    endpoint_url: server.endpoint,
    bucket: server.bucket,
    prefix: `of-a-program/${part}`,
  };
}
