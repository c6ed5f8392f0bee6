import { symlink } from "node:fs/promises";
import path from "node:path";

import type { PostgresServer } from "../engines/postgres/postgres-server.ts";
import { makeProject, type JobProject } from "../support/job-project.ts";
import { configIn } from "./test-schema.ts";

const plugin = path.resolve(import.meta.dirname, "../../plugins/postgres");

/** A project with the plugin, and a schema of its own on the server. */
export async function makePostgresProject(
  server: PostgresServer,
  files: { readonly [name: string]: string },
  settings: { readonly executor?: object; readonly store?: object; readonly secrets?: object } = {},
): Promise<JobProject> {
  const project = await makeProject({
    "package.json": JSON.stringify({
      name: "project",
      type: "module",
      devDependencies: { "@runnable/postgres": "*" },
    }),
    ...files,
  });
  await symlink(plugin, project.path("node_modules/@runnable/postgres"));
  const { executor, secrets } = settings;
  const config = { ...configIn(server, project.directory), ...settings.store };
  await project.write(
    "runnable-config.yaml",
    JSON.stringify({
      ...(executor && { "job-executor": executor }),
      "run-log-store": { type: "postgres", config },
      ...(secrets && { secrets }),
    }),
  );
  return project;
}
