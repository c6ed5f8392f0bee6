import { existsSync, readFileSync, statSync } from "node:fs";

import { expect, it } from "vitest";

import { readConfig } from "../../src/configure/read-config.ts";
import { recordedConfig } from "../../src/resolve/recorded-config.ts";
import { resolveServices } from "../../src/resolve/resolve-services.ts";
import { projectTree, type ProjectTree } from "../discover/project-tree.ts";
import { executorFile } from "./resolve.ts";

const schema = `z.strictObject({
  queue: z.string(),
  token: z.optional(secret(z.string())),
  accounts: z.optional(z.array(z.strictObject({ password: secret(z.string()) }))),
  env: z.optional(z.record(z.string(), secret(z.string()))),
  either: z.optional(z.union([z.number(), z.strictObject({ key: secret(z.string()) })])),
})`;

async function record(tree: ProjectTree, env: NodeJS.ProcessEnv = {}) {
  const config = await readConfig({ cwd: tree.directory, env });
  const resolution = await resolveServices(config);
  if (!resolution.services) throw new Error(JSON.stringify(resolution.problems));
  return {
    recorded: recordedConfig(config, resolution.services),
    warnings: resolution.warnings.map(({ code, path }) => `${code} ${path?.join(".")}`),
  };
}

function project(config: string) {
  return projectTree({
    "package.json": { type: "module" },
    "mine.ts": executorFile(schema),
    "runnable-config.yaml": `job-executor:\n  type: ./mine.ts\n  config: ${config}\n`,
  });
}

it("is what is written, and the types of what is not", async () => {
  using tree = project("{ queue: '${QUEUE}' }");

  const { recorded, warnings } = await record(tree, { RUNNABLE_VAR_QUEUE: "fast" });

  expect(recorded).toEqual({
    "job-executor": { type: "./mine.ts", config: { queue: "${QUEUE}" } },
    "run-log-store": { type: "file-system" },
    catalog: { type: "file-system" },
    secrets: { type: "env-secrets" },
  });
  expect(warnings).toEqual([]);
});

it("holds no secret literal, wherever it stands, and warns of each", async () => {
  using tree = project(
    "{ queue: a, token: hunter2, accounts: [{ password: 'x-${P}' }], env: { A: hunter2, B: '${P}' }, either: { key: hunter2 } }",
  );
  const digest = { secret: expect.stringMatching(/^hmac-sha256:[0-9a-f]{64}$/) };

  const { recorded, warnings } = await record(tree, { RUNNABLE_VAR_P: "hunter2" });

  expect(recorded["job-executor"]).toMatchObject({
    config: {
      queue: "a",
      token: digest,
      accounts: [{ password: digest }],
      env: { A: digest, B: "${P}" },
      either: { key: digest },
    },
  });
  expect(JSON.stringify(recorded)).not.toContain("hunter2");
  expect(warnings).toEqual([
    "CONFIG_SECRET_LITERAL job-executor.config.token",
    "CONFIG_SECRET_LITERAL job-executor.config.accounts.0.password",
    "CONFIG_SECRET_LITERAL job-executor.config.env.A",
    "CONFIG_SECRET_LITERAL job-executor.config.either.key",
  ]);
});

it("gives the same secret the same digest within a project, and another elsewhere", async () => {
  using tree = project("{ queue: a, token: hunter2, env: { A: hunter2, B: other } }");
  using other = project("{ queue: a, token: hunter2 }");

  const [first, second, elsewhere] = [await record(tree), await record(tree), await record(other)];

  expect(second.recorded).toEqual(first.recorded);
  expect(first.recorded).toMatchObject({
    "job-executor": {
      config: { env: { A: tokenOf(first), B: expect.not.objectContaining(tokenOf(first)) } },
    },
  });
  expect(tokenOf(elsewhere)).not.toEqual(tokenOf(first));
});

function tokenOf({ recorded }: Awaited<ReturnType<typeof record>>): object {
  const executor = recorded["job-executor"] as { config: { token: object } };
  return executor.config.token;
}

it("keeps its key for the owner alone, and makes none without a literal", async () => {
  using tree = project("{ queue: a }");

  await record(tree);
  expect(existsSync(tree.path(".runnable"))).toBe(false);

  tree.write(
    "runnable-config.yaml",
    "job-executor: { type: ./mine.ts, config: { queue: a, token: x } }",
  );
  await record(tree);
  expect(statSync(tree.path(".runnable/key")).mode & 0o777).toBe(0o600);
  expect(readFileSync(tree.path(".runnable/key"), "utf8")).toMatch(/^[0-9a-f]{64}\n$/);
});

it("redacts an executor made in code and one within policies", async () => {
  using tree = projectTree({
    "package.json": { type: "module" },
    "mine.ts": executorFile(schema, "defineRemoteExecutor"),
    "runnable.config.ts": `
      import { secret, withPolicies } from "@runnable/plugin";
      import * as z from "zod/mini";
      import mine from "./mine.ts";
      const audit = { key: "audit", config: z.optional(z.strictObject({ url: z.string(), key: secret(z.string()) })) };
      export default {
        "job-executor": withPolicies(mine, [audit])({ queue: "a", token: "hunter2", audit: { url: "u", key: "hunter2" } }),
      };`,
  });

  const { recorded } = await record(tree);

  expect(recorded["job-executor"]).toMatchObject({
    type: "in-code",
    config: { queue: "a", audit: { url: "u" } },
  });
  expect(JSON.stringify(recorded)).not.toContain("hunter2");
});
