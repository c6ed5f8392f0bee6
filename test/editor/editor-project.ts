import { symlink } from "node:fs/promises";
import path from "node:path";

import { makeProject, type JobProject } from "../support/job-project.ts";

const contract = path.resolve(import.meta.dirname, "../../packages/plugin");

/** A project with three plugins, one of each way to document settings, and one that can't be imported. */
export async function makeEditorProject(): Promise<JobProject> {
  const project = await makeProject({
    "package.json": JSON.stringify({
      name: "app",
      version: "1.0.0",
      dependencies: {
        "@acme/hpc": "1",
        "@acme/stores": "1",
        "@acme/prod": "1",
        "@acme/broken": "1",
      },
    }),
    ...plugin("@acme/hpc", { executors: { hpc: { entry: "./hpc.js", aliases: ["cluster"] } } }),
    "node_modules/@acme/hpc/hpc.js": hpc,
    ...plugin("@acme/stores", {
      "run-log-stores": { sql: { entry: "./sql.js", schema: "./sql.json", summary: "A database" } },
    }),
    "node_modules/@acme/stores/sql.json": JSON.stringify(sql),
    ...plugin("@acme/prod", {
      executors: {
        prod: {
          from: "@acme/hpc:hpc",
          defaults: { queue_name: "prod" },
          locked: ["queue_name"],
          deprecated: { since: "1.0", use: "hpc" },
        },
      },
    }),
    ...plugin("@acme/broken", { catalogs: { broken: "./broken.js" } }),
    "node_modules/@acme/broken/broken.js": `throw new Error("no licence");`,
  });
  await symlink(contract, project.path("node_modules/@runnable/plugin"));
  return project;
}

function plugin(name: string, runnable: object): { readonly [file: string]: string } {
  const manifest = { name, version: "1.0.0", type: "module", runnable };
  return { [`node_modules/${name}/package.json`]: JSON.stringify(manifest) };
}

const hpc = `
import { defineRemoteExecutor, secret } from "@runnable/plugin";
import * as z from "zod";
export default defineRemoteExecutor({
  config: z.strictObject({
    api_endpoint: z.url().describe("Where the service answers."),
    queue_name: z.string().describe("The queue that jobs wait in."),
    priority: z.enum(["low", "high"]).default("low").describe("Who goes first."),
    cores: z.int().optional().describe("Cores for each job."),
    token: secret(z.string()).optional().describe("A key of the service."),
    network: z.strictObject({ proxy: z.string().describe("Host of the proxy.") }).optional(),
  }),
  place: () => ({ at: "path", path: "/there", shared: true }),
});`;

const sql = {
  type: "object",
  required: ["connection"],
  properties: { connection: { $ref: "#/definitions/connection" } },
  definitions: {
    connection: {
      description: "How the database is reached.",
      type: "object",
      required: ["host"],
      properties: { host: { type: "string", description: "Name of its machine." } },
      additionalProperties: false,
    },
  },
  additionalProperties: false,
};
