import { readFileSync } from "node:fs";
import path from "node:path";

import { describe, expect, it } from "vitest";
import { z } from "zod";

import { pages, root } from "./page.ts";

interface Key {
  readonly key: string;
  /** As a table shows it. */
  readonly default: string;
}

const text = pages
  .filter(({ name }) => /^docs\/(?:configuration|executors|docker|postgres)\.md$/u.test(name))
  .map((page) => page.text)
  .join("\n");

describe("the keys of a type that comes with runnable are in a table, with their defaults", () => {
  const headings = {
    executors: undefined,
    "run-log-stores": "### Run log stores",
    catalogs: "### Catalogs",
    secrets: "### Secrets",
  } as const;
  const types = ["packages/core", "plugins/local", "plugins/docker", "plugins/postgres"].flatMap(
    typesOf,
  );

  it.each(types)("$group $type", async ({ group, type, source }) => {
    const ownHeading = `\n## ${type}\n`;
    const heading = text.includes(ownHeading) ? undefined : headings[group];
    const start = heading === undefined ? ownHeading : `\n\`${type}\``;
    const within = text.slice(Math.max(0, text.indexOf(heading ?? start)));

    expect(tableAfter(within, start)).toEqual(await keysOf(source));
  });

  function typesOf(folder: string) {
    const manifest = JSON.parse(readFileSync(path.join(root, folder, "package.json"), "utf8")) as {
      readonly runnable: {
        readonly [group in keyof typeof headings]?: {
          readonly [type: string]: { readonly source: string };
        };
      };
    };
    return (Object.keys(headings) as (keyof typeof headings)[]).flatMap((group) =>
      Object.entries(manifest.runnable[group] ?? {}).map(([type, { source }]) => ({
        group,
        type,
        source: path.join(root, folder, source),
      })),
    );
  }
});

/** The table of the first paragraph that begins so; none where the paragraph says that there are no keys. */
function tableAfter(within: string, start: string): readonly Key[] {
  const at = within.indexOf(start);
  expect(at).toBeGreaterThanOrEqual(0);
  const [paragraph = "", ...following] = within.slice(at).trim().split("\n\n");
  if (paragraph.includes("has no keys")) return [];
  const table = following.find((part) => part.startsWith("| key |")) ?? "";
  return table
    .split("\n")
    .slice(2)
    .map((row) => {
      const [, key = "", value = ""] = row
        .split("|")
        .map((cell) => cell.trim().replaceAll("`", ""));
      return { key, default: value };
    });
}

async function keysOf(source: string): Promise<readonly Key[]> {
  const module = (await import(source)) as {
    readonly default: { readonly definition: { readonly config: z.core.$ZodType } };
  };
  const { config } = module.default.definition;
  const { properties = {}, required = [] } = z.toJSONSchema(config, { io: "input" });
  return Object.entries(properties).map(([key, schema]) => ({
    key,
    default: required.includes(key) ? "required" : defaultOf(schema),
  }));
}

function defaultOf(schema: z.core.JSONSchema._JSONSchema): string {
  if (typeof schema !== "object" || !("default" in schema)) return "none";
  return typeof schema.default === "string" ? schema.default : JSON.stringify(schema.default);
}
