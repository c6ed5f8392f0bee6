import { beforeAll, describe, expect, inject, it } from "vitest";

import { installProject, type PackedProject } from "../e2e/packed.ts";
import type { S3Access } from "../engines/s3/s3-server.ts";

const server = inject("s3") as S3Access;

const job = `import { writeFile } from "node:fs/promises";
import { defineJob } from "@runnable/core";
export default defineJob({
  catalog: { put: ["points.csv"] },
  async run({ parameters }) {
    console.log("counting");
    await writeFile("points.csv", String(parameters.word));
    return { letters: String(parameters.word).length };
  },
});
`;

describe.skipIf(!server)("the stores as they are published", () => {
  let project: PackedProject;

  beforeAll(async () => {
    project = await installProject({ "count.job.ts": job });
    const manifest = {
      name: "project",
      type: "module",
      dependencies: { "@runnable/cli": "*", "@runnable/core": "*", "@runnable/s3": "*" },
    };
    await project.write({
      "package.json": JSON.stringify(manifest),
      "local.yaml": JSON.stringify(configOf("local")),
      "emulator.yaml": JSON.stringify(configOf("emulator")),
    });
    return () => project[Symbol.asyncDispose]();
  }, 300_000);

  it.each(["local", "emulator"])("keep record and files of a run, %s", async (name) => {
    const env = {
      AWS_ACCESS_KEY_ID: server.accessKeyId,
      AWS_SECRET_ACCESS_KEY: server.secretAccessKey,
    };
    const config = ["-c", `${name}.yaml`];
    const argv = ["run", "count.job.ts", ...config, "-p", "word=hello", "--run-id", name];

    const { code, stdout, stderr } = await project.run([...argv, "--json"], { env });
    const logs = await project.run(["logs", name, ...config], { env });
    const got = await project.run(
      ["catalog", "get", name, "points.csv", "--to", `out-${name}`, ...config],
      { env },
    );
    const second = await project.run(argv, { env });

    expect(code, stderr).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ status: "succeeded", returns: { letters: 5 } });
    expect(logs.stdout).toBe("counting\n");
    expect(got.code, got.stderr).toBe(0);
    expect((await project.shell(`cat out-${name}/points.csv`)).stdout).toBe("hello");
    // The id is taken.
    expect(second.code).not.toBe(0);
    expect(second.stderr).toContain(name);
    const everything = await project.shell("cat *.yaml; ls -aR .runnable 2>/dev/null");
    expect(everything.stdout + stderr + stdout).not.toContain(server.secretAccessKey);
  });
});

function configOf(executor: string): object {
  const config = (prefix: string) => ({
    endpoint_url: server.endpoint,
    bucket: server.bucket,
    prefix: `packed-${executor}/${prefix}`,
  });
  return {
    "job-executor": { type: executor },
    "run-log-store": { type: "s3", config: config("runs") },
    catalog: { type: "s3", config: config("files") },
  };
}
