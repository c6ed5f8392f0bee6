import { expect, it } from "vitest";

import { readConfig } from "../../src/configure/read-config.ts";
import { projectTree } from "../discover/project-tree.ts";

const yaml = "runnable-config.yaml";

it.each(["-", "_"])("may be spelt with %s", async (mark) => {
  using tree = projectTree({
    [yaml]: ["job-executor:", "  type: emulator", "run-log-store:", "  type: buffered", ""]
      .join("\n")
      .replaceAll("-", mark),
  });

  const { sections, problems } = await readConfig({ cwd: tree.directory, env: {} });

  expect(problems).toEqual([]);
  expect(sections["job-executor"]).toEqual({
    type: "emulator",
    config: {},
    at: ["job-executor"],
  });
  expect(sections["run-log-store"].type).toBe("buffered");
});

it("of upstream's documentation are accepted as they are", async () => {
  using tree = projectTree({
    [yaml]: `
pipeline-executor:
  type: local
run-log-store:
  type: file-system
  config:
    log_folder: ".run_log_store"
catalog:
  type: file-system
  config:
    catalog_location: ".catalog"
secrets:
  type: dotenv
  config:
    location: .env
pickler:
  type: pickle
job-executor:
  type: local
`,
  });

  const { sections, problems } = await readConfig({ cwd: tree.directory, env: {} });

  expect(problems).toEqual([]);
  expect(sections.secrets.config).toEqual({ location: ".env" });
});

it("keep numbers, lists and maps as YAML has them, and dates as text", async () => {
  using tree = projectTree({
    [yaml]: `catalog:
  type: file-system
  config:
    base: &base { x: 1, y: 2 }
    merged: { <<: *base, y: 3 }
    list: [1.5, true, null, 2026-11-25]
`,
  });

  const { sections, problems } = await readConfig({ cwd: tree.directory, env: {} });

  expect(problems).toEqual([]);
  expect(sections.catalog.config).toEqual({
    base: { x: 1, y: 2 },
    merged: { x: 1, y: 3 },
    list: [1.5, true, null, "2026-11-25"],
  });
});

it("list packages and what is allowed under plugins", async () => {
  using tree = projectTree({
    [yaml]:
      'plugins: {packages: ["@acme/x", ./tools], allow: ["@acme/*"], resolve: {gpu: "@acme/x:gpu"}}',
  });

  expect((await readConfig({ cwd: tree.directory, env: {} })).plugins).toEqual({
    packages: ["@acme/x", "./tools"],
    allow: ["@acme/*"],
    resolve: { gpu: "@acme/x:gpu" },
  });

  tree.write(yaml, "plugins: [a, b]");

  expect((await readConfig({ cwd: tree.directory, env: {} })).plugins).toEqual({
    packages: ["a", "b"],
    allow: undefined,
  });
});

it.each([
  ["[gpu]", ["plugins.resolve"]],
  ["{gpu: acme, tpu: 3}", ["plugins.resolve.gpu", "plugins.resolve.tpu"]],
])("refuse %s under plugins.resolve", async (resolve, paths) => {
  using tree = projectTree({ [yaml]: `plugins: {resolve: ${resolve}}` });

  const { problems } = await readConfig({ cwd: tree.directory, env: {} });

  expect(problems.map(({ path }) => path?.join("."))).toEqual(paths);
});

it("name files relative to the file that names them", async () => {
  using tree = projectTree({
    "package.json": {},
    "configs/prod.yaml": "job-executor: {type: ./my-executor.ts}",
  });

  const { sections } = await readConfig({
    cwd: tree.directory,
    env: {},
    file: "configs/prod.yaml",
  });

  expect(sections["job-executor"].type).toBe("./configs/my-executor.ts");
});
