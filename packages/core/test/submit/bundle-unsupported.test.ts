import { pathToFileURL } from "node:url";

import { describe, expect, it } from "vitest";

import { bundleJob, openProject } from "./open-project.ts";

type Files = Readonly<Record<string, string>>;

const addon = { "node_modules/addon/build/fast.node": "\0" };
const loadsAddon = {
  ...addon,
  "node_modules/addon/index.js": 'module.exports = require("./build/fast.node");',
};

describe("what can't travel in a bundle", () => {
  it.each<[string, Files]>([
    ["an import that the job chooses", { "main.job.ts": "export default (name) => import(name);" }],
    [
      "an import that the job chooses, though its failure is caught",
      { "main.job.ts": "try { await import(process.argv[5]); } catch {}" },
    ],
    [
      "a require that the job chooses",
      {
        "main.job.ts": `import { createRequire } from "node:module";
          const load = createRequire(import.meta.url);
          export default (name) => load(name);`,
      },
    ],
    [
      "a worker that the job chooses",
      {
        "main.job.ts": `import { Worker } from "node:worker_threads";
          export default (file) => new Worker(file);`,
      },
    ],
    [
      "a require that a package chooses when it is loaded",
      {
        "main.job.ts": 'import "plugged";',
        "node_modules/plugged/index.js": "module.exports = require(process.env.PLUGIN);",
      },
    ],
    ["a native addon", { "main.job.ts": 'import "addon";', ...loadsAddon }],
    [
      "a native addon that the job loads late",
      { "main.job.ts": 'export default () => import("addon");', ...loadsAddon },
    ],
    [
      "a native addon whose loader collects errors and throws its own",
      {
        "main.job.ts": 'import "addon";',
        ...addon,
        "node_modules/addon/index.js": `let found;
          try { found = require("./build/fast.node"); } catch {}
          if (!found) throw new Error("no addon for this platform");
          module.exports = found;`,
      },
    ],
    [
      "a native addon for the platform at hand",
      {
        "main.job.ts": 'import "addon";',
        "node_modules/addon/index.js":
          "module.exports = require(`./bin/${process.platform}-${process.arch}/fast.node`);",
      },
    ],
    [
      "a native addon that is searched for when used",
      {
        "main.job.ts": 'import "database";',
        "node_modules/database/index.js":
          'exports.open = () => require("bindings")("database.node");',
        "node_modules/bindings/index.js": "module.exports = (name) => require(name);",
      },
    ],
  ])("is refused: %s", async (_, files) => {
    await using project = openProject(files);

    const made = bundleJob(project.directory);

    await expect(made).rejects.toMatchObject({ code: "BUNDLE_UNSUPPORTED" });
  });

  it("is told all at once, each with its place", async () => {
    await using project = openProject({
      "main.job.ts": 'import "./one.ts";\nimport "./two.ts";',
      "one.ts": "\n  await import(process.argv[5]);",
      "two.ts": 'import { Worker } from "node:worker_threads";\nnew Worker(process.argv[6]);',
    });

    const made = bundleJob(project.directory);

    await expect(made).rejects.toThrow(
      /one\.ts:2:9 [^]*import\(process\.argv\[5\]\)[^]*two\.ts:2:1 /u,
    );
  });
});

describe("what need not keep a job at home", () => {
  it.each<[string, Files]>([
    [
      "a require that a package chooses in a function",
      {
        "main.job.ts": 'import "views";',
        "node_modules/views/index.js": "exports.render = (engine) => require(engine);",
      },
    ],
    [
      "an addon that a package does without",
      {
        "main.job.ts": 'import "addon";',
        ...addon,
        "node_modules/addon/index.js": `try { module.exports = require("./build/fast.node"); }
          catch { module.exports = {}; }`,
      },
    ],
    [
      "a package with an addon that another does without",
      {
        "main.job.ts": 'import "protocol";',
        ...loadsAddon,
        "node_modules/protocol/index.js": 'try { exports.fast = require("addon"); } catch {}',
      },
    ],
    [
      "a package with an addon that another may load later",
      {
        "main.job.ts": 'import "builder";',
        ...loadsAddon,
        "node_modules/builder/index.js": 'exports.driver = () => require("addon");',
      },
    ],
    [
      "an addon that is not installed",
      {
        "main.job.ts": 'import "addon";',
        "node_modules/addon/index.js": 'exports.load = () => require("./build/fast.node");',
      },
    ],
    [
      "another Worker than Node's",
      { "main.job.ts": "class Worker {}\nexport default (name) => new Worker(name);" },
    ],
    [
      "a worker whose code is given",
      {
        "main.job.ts": `import { Worker } from "node:worker_threads";
          export default (code) => new Worker(code, { eval: true });`,
      },
    ],
    [
      "a require that is a parameter",
      {
        "main.job.ts": 'import "packed";',
        "node_modules/packed/index.js":
          "module.exports = (function (require) { return require(1); })((id) => ({ id }));",
      },
    ],
  ])("travels: %s", async (_, files) => {
    await using project = openProject(files);

    const { file } = await bundleJob(project.directory);

    await expect(import(pathToFileURL(file).href)).resolves.toBeDefined();
  });
});
