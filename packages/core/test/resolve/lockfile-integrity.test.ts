import { expect, it } from "vitest";

import { lockfileIntegrity } from "../../src/resolve/lockfile-integrity.ts";
import { projectTree } from "../discover/project-tree.ts";

const pnpm = `lockfileVersion: '9.0'

packages:

  '@acme/x-y@1.0.0':
    resolution: {integrity: sha512-other}

  '@acme/x@1.0.0':
    resolution: {integrity: sha512-one+/==}
    engines: {node: '>=20'}

  '@acme/x@2.0.0':
    resolution: {integrity: sha512-two}

snapshots:

  '@acme/x@1.0.0': {}
`;

const npm = JSON.stringify(
  {
    lockfileVersion: 3,
    packages: {
      "node_modules/@acme/x": {
        version: "2.0.0",
        engines: { node: ">=20" },
        integrity: "sha512-two",
      },
      "node_modules/a/node_modules/@acme/x": { version: "1.0.0", integrity: "sha512-one+/==" },
      "apps/b/node_modules/@acme/x": { version: "3.0.0", integrity: "sha512-three" },
      "node_modules/linked": { resolved: "x", link: true },
      "node_modules/next": { integrity: "sha512-next" },
    },
  },
  undefined,
  2,
);

const yarn1 = `# yarn lockfile v1


"@acme/x-y@^1.0.0":
  version "1.0.0"
  integrity sha512-other

"@acme/x@^1.0.0", "@acme/x@^1.0.1":
  version "1.0.0"
  resolved "https://registry.yarnpkg.com/x.tgz#abc"
  integrity sha512-one+/==
  dependencies:
    y "1"

"@acme/x@^2.0.0":
  version "2.0.0"
  integrity sha512-two
`;

const yarn4 = `__metadata:
  version: 8

"@acme/x@npm:^1.0.0":
  version: 1.0.0
  resolution: "@acme/x@npm:1.0.0"
  checksum: 10c0/abcdef
  languageName: node
`;

const bun = `{
  "packages": {
    "@acme/x": ["@acme/x@2.0.0", "", { "dependencies": { "y": "1" } }, "sha512-two"],
    "a/@acme/x": ["@acme/x@1.0.0", "", {}, "sha512-one+/=="],
  }
}`;

const top = "node_modules/@acme/x";
const nested = "node_modules/a/node_modules/@acme/x";

it.each([
  {
    file: "pnpm-lock.yaml",
    text: pnpm,
    at: "node_modules/.pnpm/@acme+x@1.0.0/node_modules/@acme/x",
    version: "1.0.0",
    integrity: "sha512-one+/==",
  },
  { file: "pnpm-lock.yaml", text: pnpm, at: top, version: "2.0.0", integrity: "sha512-two" },
  {
    file: "package-lock.json",
    text: npm,
    at: nested,
    version: "1.0.0",
    integrity: "sha512-one+/==",
  },
  { file: "package-lock.json", text: npm, at: top, version: "2.0.0", integrity: "sha512-two" },
  {
    file: "package-lock.json",
    text: npm,
    at: "apps/b/node_modules/@acme/x",
    version: "3.0.0",
    integrity: "sha512-three",
  },
  {
    file: "package-lock.json",
    text: npm,
    at: "node_modules/linked",
    version: "1.0.0",
    integrity: undefined,
  },
  { file: "yarn.lock", text: yarn1, at: nested, version: "1.0.0", integrity: "sha512-one+/==" },
  { file: "yarn.lock", text: yarn1, at: top, version: "2.0.0", integrity: "sha512-two" },
  { file: "yarn.lock", text: yarn4, at: top, version: "1.0.0", integrity: "10c0/abcdef" },
  { file: "bun.lock", text: bun, at: nested, version: "1.0.0", integrity: "sha512-one+/==" },
  { file: "bun.lock", text: bun, at: top, version: "2.0.0", integrity: "sha512-two" },
  { file: "bun.lock", text: bun, at: top, version: "9.0.0", integrity: undefined },
  { file: "other.lock", text: bun, at: top, version: "2.0.0", integrity: undefined },
  {
    file: "package-lock.json",
    text: npm,
    at: "packages/x",
    version: "1.0.0",
    integrity: undefined,
  },
])("finds $version at $at in $file", ({ file, text, at, version, integrity }) => {
  using tree = projectTree({ ".git/HEAD": "", [file]: text });

  const installed = { packageName: "@acme/x", version, directory: tree.path(at) };

  expect(lockfileIntegrity(installed, tree.path("."))).toBe(integrity);
});

it("finds a package of the machine's shared store in the project's lockfile", () => {
  using store = projectTree({ ".git/HEAD": "" });
  using project = projectTree({ ".git/HEAD": "", "yarn.lock": yarn4, "apps/a/package.json": "{}" });
  const directory = store.path("cache/acme-x.zip/node_modules/@acme/x");
  const installed = { packageName: "@acme/x", version: "1.0.0", directory };

  expect(lockfileIntegrity(installed, project.path("apps/a"))).toBe("10c0/abcdef");
});
