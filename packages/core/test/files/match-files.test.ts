import { symlink } from "node:fs/promises";

import { describe, expect, it } from "vitest";

import { matchFiles } from "../../src/files/match-files.ts";
import { pathMatcher } from "../../src/files/path-matcher.ts";
import { temporaryDirectory } from "../temporary-directory.ts";

const tree = {
  "model.json": "",
  "notes.txt": "",
  ".env": "",
  "plots/a.svg": "",
  "plots/b.svg": "",
  "plots/b.png": "",
  "plots/deep/c.svg": "",
  "plots/.cache/d.svg": "",
  "data/é $(x).csv": "",
  "data/plot[1].csv": "",
  "data/plot1.csv": "",
  "a/b/c/leaf.csv": "",
  ".git/config": "",
  "sub/.git/config": "",
  "sub/file": "",
};

const visible = Object.keys(tree).filter((path) => !/(?:^|\/)\./.test(path));

/** `pathMatcher` is for lists of paths that hold no `.git`. */
const isNoGit = (path: string) => !path.includes(".git/");
const byTree = (a: string, b: string) =>
  Object.keys(tree).indexOf(a) - Object.keys(tree).indexOf(b);

describe("matchFiles and pathMatcher", () => {
  it.each<[string, readonly string[]]>([
    ["model.json", ["model.json"]],
    ["./model.json", ["model.json"]],
    ["*.json", ["model.json"]],
    ["plots/*.svg", ["plots/a.svg", "plots/b.svg"]],
    ["plots/?.svg", ["plots/a.svg", "plots/b.svg"]],
    ["plots/**/*.svg", ["plots/a.svg", "plots/b.svg", "plots/deep/c.svg"]],
    ["**/c.svg", ["plots/deep/c.svg"]],
    ["a/**/leaf.csv", ["a/b/c/leaf.csv"]],
    ["a/**/**/*.csv", ["a/b/c/leaf.csv"]],
    ["plots/b.{svg,png}", ["plots/b.png", "plots/b.svg"]],
    ["{plots/{a,b}.svg,model.*}", ["model.json", "plots/a.svg", "plots/b.svg"]],
    ["plots/[a-b].svg", ["plots/a.svg", "plots/b.svg"]],
    ["plots/[!a].svg", ["plots/b.svg"]],
    ["plots/[^a].svg", ["plots/b.svg"]],
    ["data/plot[1].csv", ["data/plot1.csv", "data/plot[1].csv"]],
    ["data/é $(x).csv", ["data/é $(x).csv"]],
    ["data/?*(x).csv", ["data/é $(x).csv"]],
    [
      "plots",
      ["plots/.cache/d.svg", "plots/a.svg", "plots/b.png", "plots/b.svg", "plots/deep/c.svg"],
    ],
    [
      "plots/",
      ["plots/.cache/d.svg", "plots/a.svg", "plots/b.png", "plots/b.svg", "plots/deep/c.svg"],
    ],
    ["plots/*", ["plots/a.svg", "plots/b.png", "plots/b.svg"]],
    ["plots/d*/", ["plots/deep/c.svg"]],
    [".env", [".env"]],
    [".e*", [".env"]],
    ["plots/.*/*.svg", ["plots/.cache/d.svg"]],
    ["**", visible],
    [".", visible],
    ["sub", ["sub/file"]],
  ])("finds what %s means", async (pattern, expected) => {
    await using temporary = await temporaryDirectory(tree);
    const root = temporary.directory;

    const { files, unmatched } = await matchFiles({ root, patterns: [pattern], ignore: [] });

    expect(files.map(({ path }) => path)).toEqual([...expected].toSorted());
    expect(files.every(({ path, absolute }) => absolute === temporary.path(path))).toBe(true);
    expect(unmatched).toEqual([]);
    expect(Object.keys(tree).filter(pathMatcher(pattern)).filter(isNoGit)).toEqual(
      files.map(({ path }) => path).toSorted(byTree),
    );
  });

  it("lets a name that looks like a wildcard mean itself", async () => {
    await using temporary = await temporaryDirectory({ "plot[1].csv": "", "x{y}.csv": "" });
    const patterns = ["plot[1].csv", "x{y}.csv"];

    const { files } = await matchFiles({ root: temporary.directory, patterns, ignore: [] });

    expect(files.map(({ path }) => path)).toEqual(patterns);
  });

  it("gives each file once, and the patterns that matched none", async () => {
    await using temporary = await temporaryDirectory(tree);
    const patterns = [
      "*.txt",
      "missing/*.csv",
      "notes.*",
      ".git",
      ".git/config",
      "**/.git/*",
      "nope",
    ];

    const { files, unmatched } = await matchFiles({
      root: temporary.directory,
      patterns,
      ignore: [],
    });

    expect(files.map(({ path }) => path)).toEqual(["notes.txt"]);
    expect(unmatched).toEqual(["missing/*.csv", ".git", ".git/config", "**/.git/*", "nope"]);
  });

  it("leaves out what is ignored, also where the root is reached through a link", async () => {
    await using temporary = await temporaryDirectory({
      "w/data/a": "",
      "w/data-b": "",
      "w/store/b": "",
    });
    await symlink(temporary.path("w"), temporary.path("alias"));
    const ignore = [temporary.path("w/data"), temporary.path("alias/store")];

    const found = await Promise.all(
      ["w", "alias"].map((name) =>
        matchFiles({ root: temporary.path(name), patterns: ["**", "data", "store/b"], ignore }),
      ),
    );

    for (const { files, unmatched } of found) {
      expect(files.map(({ path }) => path)).toEqual(["data-b"]);
      expect(unmatched).toEqual(["data", "store/b"]);
    }
  });

  it("takes links to files, and does not go in circles", async () => {
    await using temporary = await temporaryDirectory({ "data/a.csv": "", "sub/b.csv": "" });
    await symlink("a.csv", temporary.path("data/link.csv"));
    await symlink("nothing", temporary.path("data/broken.csv"));
    await symlink("..", temporary.path("sub/circle"));
    const root = temporary.directory;

    const everywhere = await matchFiles({ root, patterns: ["**/*.csv"], ignore: [] });
    const through = await matchFiles({ root, patterns: ["sub/circle/data/*.csv"], ignore: [] });

    expect(everywhere.files.map(({ path }) => path)).toEqual([
      "data/a.csv",
      "data/link.csv",
      "sub/b.csv",
    ]);
    expect(through.files.map(({ path }) => path)).toEqual([
      "sub/circle/data/a.csv",
      "sub/circle/data/link.csv",
    ]);
  });

  it.each(["/etc/passwd", "../x", "a/../b", "..", "", "{..,a}/x", "{/etc,a}/x", "C:/x"])(
    "refuses %j, which may leave the root",
    async (pattern) => {
      await using temporary = await temporaryDirectory();

      await expect(
        matchFiles({ root: temporary.directory, patterns: [pattern], ignore: [] }),
      ).rejects.toMatchObject({ code: "PATTERN_OUTSIDE", exitCode: 78 });
    },
  );
});
