import { existsSync } from "node:fs";

import { describe, expect, inject, it } from "vitest";

import type { PostgresServer } from "../engines/postgres/postgres-server.ts";
import { makePostgresProject } from "./postgres-project.ts";

const server = inject("postgres") as PostgresServer;

const files = {
  "sum.job.ts": `import { defineJob } from "@runnable/core";
export default defineJob({
  run({ parameters }) {
    for (let line = 1; line <= 2000; line += 1) console.log("line " + line + " ä€𝄞");
    console.error("careful");
    return { sum: Number(parameters.a) + 1 };
  },
});
`,
  "fails.job.ts": `import { shellJob } from "@runnable/core";
export default shellJob({ command: "echo out; exit 3" });
`,
};

const executors = {
  local: { type: "local" },
  "local, isolated": { type: "local", config: { isolated: true } },
  "emulator, same-path": { type: "emulator" },
  "emulator, mounted": { type: "emulator", config: { storage: "mounted" } },
  "emulator, separate": { type: "emulator", config: { storage: "separate" } },
  "emulator, relay": { type: "emulator", config: { storage: "relay" } },
};

describe.skipIf(!server)("runs recorded in PostgreSQL", () => {
  it.each(Object.entries(executors))("%s", async (_, executor) => {
    await using project = await makePostgresProject(server, files, { executor });

    const end = await project.runnable(["run", "sum.job.ts", "-p", "a=2", "--tag", "t1", "--json"]);
    const failed = await project.runnable(["run", "fails.job.ts", "--run-id", "bad", "--json"]);
    const logs = await project.runnable(["logs", "latest:sum"]);
    const listed = await project.json(["runs", "list"]);
    const tagged = await project.json(["runs", "list", "--tag", "t1"]);
    const shown = await project.shown("ba");

    expect(end.code, end.stderr).toBe(0);
    expect(JSON.parse(end.stdout)).toMatchObject({ status: "succeeded", returns: { sum: 3 } });
    expect(logs.stdout.split("\n")).toHaveLength(2001);
    expect(logs.stdout).toContain("line 2000 ä€𝄞\n");
    expect(failed.code).toBe(3);
    expect(listed).toMatchObject([
      { runId: "bad", status: "failed" },
      { status: "succeeded", job: "sum" },
    ]);
    expect(tagged).toMatchObject([{ job: "sum" }]);
    expect(shown).toMatchObject({ runId: "bad", outcome: { status: "failed", exitCode: 3 } });
    expect(existsSync(project.path(".run_log_store"))).toBe(false);
  });

  it("a run id that is used is refused, whoever used it", async () => {
    await using project = await makePostgresProject(server, files);
    await project.run(["fails.job.ts", "--run-id", "twice"]);

    const again = await project.runnable(["run", "fails.job.ts", "--run-id", "Twice"]);

    expect(again.code).toBe(78);
    expect(again.stderr).toContain("PostgreSQL");
  });
});
