import { chmod } from "node:fs/promises";

import { describe, expect, inject, it } from "vitest";

import type { OwnServer, PostgresServer } from "../engines/postgres/postgres-server.ts";
import { makePostgresProject } from "./postgres-project.ts";
import { psql } from "./psql.ts";
import { configIn } from "./test-schema.ts";

const server = inject("postgres") as PostgresServer;
const { password } = (server?.own ?? { password: "" }) as OwnServer;

const files = {
  "says.job.ts": `import { defineJob } from "@runnable/core";
export default defineJob({ run: () => { console.log(process.env.WORD ?? "nothing"); return { done: true }; } });
`,
};
const executor = { type: "emulator" };

describe.skipIf(!server?.own)("the password", () => {
  it.each(["PGPASSWORD", "the secrets store", "~/.pgpass"])(
    "comes from %s, reaches the job side, and is written nowhere",
    async (source) => {
      const user = "guarded";
      const fromSecrets = source === "the secrets store";
      await using project = await makePostgresProject(server, files, {
        executor,
        store: { user, ...(fromSecrets && { password_secret: "RUN_LOG_PASSWORD" }) },
      });
      await project.write(".pgpass", `# comment\n*:*:*:other:wrong\n*:*:*:${user}:${password}\n`);
      await chmod(project.path(".pgpass"), 0o600);
      if (source !== "~/.pgpass") await project.write(".pgpass", "");
      const env = { PGPASSWORD: "PGPASSWORD", "the secrets store": "RUN_LOG_PASSWORD" }[source];
      const environment = env === undefined ? undefined : { [env]: password };

      const end = await project.runnable(["run", "says.job.ts", "--json"], environment);
      const listed = await project.runnable(["runs", "list", "--json"], environment);

      expect(end.code, end.stderr).toBe(0);
      expect(listed.stdout).toContain("succeeded");
      expect(end.stdout + end.stderr + listed.stdout).not.toContain(password);
      expect(await project.filesWith(password)).toEqual(env === undefined ? [".pgpass"] : []);
      const { schema } = configIn(server, project.directory);
      const records = await psql(
        server,
        `select value::text from ${schema}.run union all select value::text from ${schema}.claim`,
      );
      expect(records).toContain(schema);
      expect(records).not.toContain(password);
    },
  );

  it("is redacted where a job prints it", async () => {
    await using project = await makePostgresProject(server, files, { store: { user: "guarded" } });
    const environment = { PGPASSWORD: password, WORD: password };

    const end = await project.runnable(["run", "says.job.ts"], environment);

    expect(end.stdout).toContain("***");
    expect(end.stdout).not.toContain(password);
  });

  it("in the url is refused, and not told", async () => {
    await using project = await makePostgresProject(server, files);
    const url = `postgresql://guarded:${password}@127.0.0.1:${server.port}/postgres`;
    const config = { "run-log-store": { type: "postgres", config: { url } } };
    await project.write("runnable-config.yaml", JSON.stringify(config));

    const end = await project.runnable(["run", "says.job.ts"]);

    expect(end.code).toBe(78);
    expect(end.stderr).toContain("PGPASSWORD");
    expect(end.stdout + end.stderr).not.toContain(password);
  });
});
