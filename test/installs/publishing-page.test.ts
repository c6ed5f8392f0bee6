import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";

import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";

import { pages, root, type Block } from "../docs/page.ts";
import type { Files } from "../e2e/packed.ts";
import { copyProject } from "../support/copied-project.ts";
import { mustRun } from "../support/run-program.ts";
import type { Installs } from "./global-setup.ts";
import { makeProject } from "./install-layout.ts";
import { npmLayout } from "./layout.ts";
import { startPlatform, type Platform } from "./platform.ts";

const testMs = 300_000;
const page = pages.find(({ name }) => name === "docs/plugins-publishing.md");
const given = inject("installs");

describe.skipIf("missing" in given)("the page on publishing", () => {
  let platform: Platform;

  beforeAll(async () => {
    platform = await startPlatform();
    if (!("missing" in given)) await publishExample(given);
  }, testMs);

  afterAll(() => platform?.[Symbol.asyncDispose]());

  it.each(["npm", "pnpm", "Yarn", "bun"])(
    "says how %s installs the plugin and runs a job with it",
    { timeout: testMs },
    async (manager) => {
      if ("missing" in given) return;
      const blocks = [...section(manager), ...section("Using it")];
      const files = filesOf(blocks, given, platform);
      const { "~/.npmrc": userSettings = "", ...settings } = files;
      const layout = {
        ...npmLayout,
        settings: () => settings,
        userSettings: () => userSettings,
      };
      await using project = await makeProject(layout, given);
      await project.write({ "package.json": `{ "name": "project", "type": "module" }\n` });

      for (const line of commandsOf(blocks)) {
        const { code, stdout, stderr } = await project.command(["sh", "-c", line]);
        expect(code, `${line}\n${stdout}${stderr}`).toBe(0);
      }

      expect(platform.keys).toHaveLength(1);
      platform.keys.length = 0;
    },
  );
});

/** As the page says, of a version that nobody has published. */
async function publishExample(installs: Installs): Promise<void> {
  await using example = await copyProject("examples/my-platform");
  const manifest = JSON.parse(await readFile(example.path("package.json"), "utf8")) as object;
  const mine = { ...manifest, private: undefined, version: "1.1.0" };
  await writeFile(example.path("package.json"), JSON.stringify(mine));
  const blocks = section("The registry");
  for (const [name, text] of Object.entries(filesOf(blocks, installs))) {
    await writeFile(example.path(name), text);
  }
  const tools = [installs.managers, path.join(root, "node_modules/.bin"), process.env["PATH"]];
  for (const line of commandsOf(blocks)) {
    await mustRun(["sh", "-c", line], {
      cwd: example.directory,
      env: { PATH: tools.join(":"), HOME: example.directory, ACME_TOKEN: installs.token },
      timeoutMs: testMs,
    });
  }
}

/** Blocks below a heading, up to the next one. */
function section(title: string): readonly Block[] {
  const lines = page?.text.split("\n") ?? [];
  const start = lines.findIndex((line) => /^#+ /.test(line) && line.endsWith(` ${title}`)) + 1;
  const length = lines.slice(start).findIndex((line) => /^#+ /.test(line));
  const end = length < 0 ? lines.length : start + length;
  return (page?.blocks ?? []).filter(({ line }) => line > start && line <= end);
}

/** The files that blocks show, with this machine's registry and platform in them. */
function filesOf(blocks: readonly Block[], { url }: Installs, platform?: Platform): Files {
  const files = blocks.flatMap(({ file, text }) => (file === undefined ? [] : [[file, text]]));
  return Object.fromEntries(
    files.map(([file = "", text = ""]) => [
      file,
      text
        .replaceAll("https://npm.acme.example/", `${url}/`)
        .replaceAll("//npm.acme.example/", `${url.slice("http:".length)}/`)
        .replaceAll("http://127.0.0.1:8088", platform?.url ?? "")
        // Ours are as new as the company's.
        .replaceAll(/^ *- "@acme\/\*"$/gm, `$&\n  - "@runnable/*"`),
    ]),
  );
}

function commandsOf(blocks: readonly Block[]): readonly string[] {
  const shell = blocks.filter(({ language }) => language === "bash");
  return shell.flatMap(({ text }) => text.trimEnd().split("\n"));
}
