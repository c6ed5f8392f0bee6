import { beforeAll, describe, expect, inject, it } from "vitest";

import { installProject, type PackedProject } from "../e2e/packed.ts";
import type { PostgresServer } from "../engines/postgres/postgres-server.ts";
import { configIn } from "./test-schema.ts";

const server = inject("postgres") as PostgresServer;
const password = server?.own?.password ?? "";

const job = `import { defineJob } from "@runnable/core";
export default defineJob({
  run({ parameters }) {
    console.log("counting");
    return { letters: String(parameters.word).length };
  },
});
`;

describe.skipIf(!server?.own)("the store as it is published", () => {
  let project: PackedProject;

  beforeAll(async () => {
    project = await installProject({ "count.job.ts": job });
    const manifest = {
      name: "project",
      type: "module",
      dependencies: { "@runnable/cli": "*", "@runnable/core": "*", "@runnable/postgres": "*" },
    };
    const config = { ...configIn(server, project.directory), user: "guarded" };
    const store = { type: "postgres", config };
    await project.write({
      "package.json": JSON.stringify(manifest),
      "local.yaml": JSON.stringify({ "run-log-store": store }),
      "emulator.yaml": JSON.stringify({
        "job-executor": { type: "emulator" },
        "run-log-store": store,
      }),
    });
    return () => project[Symbol.asyncDispose]();
  }, 300_000);

  it.each(["local", "emulator"])("keeps the records of a run, %s", async (name) => {
    const options = { env: { PGPASSWORD: password } };
    const config = ["-c", `${name}.yaml`];
    const argv = ["run", "count.job.ts", ...config, "-p", "word=hello", "--run-id", name, "--json"];

    const { code, stdout, stderr } = await project.run(argv, options);
    const logs = await project.run(["logs", name, ...config], options);

    expect(code, stderr).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ status: "succeeded", returns: { letters: 5 } });
    expect(logs.stdout).toBe("counting\n");
  });

  it("tells that the plugin is missing, and how to install it", async () => {
    await project.write({ "package.json": JSON.stringify({ name: "project", type: "module" }) });

    const { code, stderr } = await project.run(["run", "count.job.ts", "-c", "local.yaml"]);

    expect(code).toBe(78);
    expect(stderr).toContain("@runnable/postgres");
  });
});
