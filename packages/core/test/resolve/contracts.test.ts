import { expect, it } from "vitest";

import { supportedApis } from "../../src/discover/api-version.ts";
import { spokenContracts, type Contract } from "../../src/resolve/adapt-definition.ts";
import { projectTree, type ProjectTree } from "../discover/project-tree.ts";
import { executorFile, resolve, servicesOf } from "./resolve.ts";

/** A project with a package that speaks these versions of the contract. */
function projectWith(api: unknown, more: object = {}): ProjectTree {
  return projectTree({
    "package.json": { dependencies: { x: "1" } },
    "runnable-config.yaml": "job-executor:\n  type: mine\n",
    "node_modules/x/package.json": {
      name: "x",
      version: "1.0.0",
      type: "module",
      runnable: { api, executors: { mine: "./mine.js" } },
      ...more,
    },
    "node_modules/x/mine.js": executorFile("z.strictObject({})"),
  });
}

/** A core of tomorrow: it marks what an adapter made of a definition. */
function speaking(...apis: readonly number[]): { readonly contracts: readonly Contract[] } {
  return {
    contracts: apis.map((api) => ({
      api,
      adapt: (definition) =>
        ({
          ...definition,
          definition: { ...definition.definition, mock: () => api === 1 },
        }) as typeof definition,
    })),
  };
}

it("has an adapter for each version of the contract that core speaks", () => {
  expect(spokenContracts.map(({ api }) => api)).toEqual(supportedApis);
});

it.each([
  [1, [1, 2], true],
  [[1, 2], [1, 2], false],
  [[1, 2, 3], [1, 2], false],
  [[1, 3], [2, 1], true],
])(
  "uses a plugin for api %j on a core that speaks %j by the highest in common",
  async (api, apis, isFirst) => {
    using tree = projectWith(api);

    const { executor } = await servicesOf(tree, speaking(...apis));

    expect(executor.definition.mock?.({})).toBe(isFirst);
  },
);

it("refuses a plugin that speaks none of core's before it is imported", async () => {
  using tree = projectWith(3);
  tree.write("node_modules/x/mine.js", "throw new Error('imported');");

  const resolution = await resolve(tree, speaking(1, 2));

  expect(resolution).toMatchObject({
    problems: [
      {
        code: "PLUGIN_API_UNSUPPORTED",
        hint: expect.stringContaining("or use a version of x that lists api 2"),
      },
    ],
  });
});

it("refuses a plugin whose api is no number", async () => {
  using tree = projectWith("one");

  const resolution = await resolve(tree);

  expect(resolution).toMatchObject({ problems: [{ code: "PLUGIN_API_UNSUPPORTED" }] });
});

it.each([
  ["^99.0.0", ["PLUGIN_CONTRACT_MISMATCH"]],
  ["*", []],
  ["workspace:^", []],
  [">=0.1.0-rc.1", []],
])(
  "warns of a peer range %s that the contract package is outside of, and uses it",
  async (range, codes) => {
    using tree = projectWith(1, { peerDependencies: { "@runnable/plugin": range } });

    const resolution = await resolve(tree);

    expect(resolution.services?.executor.provider.package).toBe("x");
    expect("warnings" in resolution && resolution.warnings.map(({ code }) => code)).toEqual(codes);
  },
);
