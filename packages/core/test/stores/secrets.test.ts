import type { Secrets } from "@runnable/plugin";
import { afterEach, describe, expect, it, vi } from "vitest";

import { temporaryDirectory } from "../temporary-directory.ts";
import { openStore } from "./open-store.ts";

const moduleOf = (name: string) => new URL(`../../src/stores/${name}.ts`, import.meta.url).href;
const names = ["TOKEN", "MULTI_LINE", "EMPTY", "MISSING", "toString", "__proto__"];
const values = { TOKEN: "s3cret = #1", MULTI_LINE: "a\nb", EMPTY: "" };

afterEach(() => vi.unstubAllEnvs());

it("reads secrets from the environment", async () => {
  for (const [name, value] of Object.entries(values)) vi.stubEnv(name, value);
  const secrets = await openStore<Secrets>(moduleOf("env-secrets"), {}, "/");

  expect(await secrets.read(names)).toEqual(values);
});

it.each([
  { config: {}, file: ".env" },
  { config: { location: "conf/secrets.env" }, file: "conf/secrets.env" },
])("reads secrets from the dotenv file $file", async ({ config, file }) => {
  const text = `# comment\nTOKEN="s3cret = #1"\nexport MULTI_LINE='a\nb'\nEMPTY=\nOTHER=1\n`;
  await using temporary = await temporaryDirectory({ [file]: text });
  const secrets = await openStore<Secrets>(moduleOf("dotenv-secrets"), config, temporary.directory);

  expect(await secrets.read(names)).toEqual(values);
  expect(secrets.location).toBe(`file ${temporary.path(file)}`);
});

it("reads secrets from a JSON file", async () => {
  await using temporary = await temporaryDirectory({ "s.json": JSON.stringify(values) });
  const config = { path: "s.json" };
  const secrets = await openStore<Secrets>(moduleOf("file-secrets"), config, temporary.directory);

  expect(await secrets.read(names)).toEqual(values);
});

it("gives an empty text for every name, with do-nothing", async () => {
  const secrets = await openStore<Secrets>(moduleOf("do-nothing-secrets"), {}, "/");

  expect(await secrets.read(["A", "B"])).toEqual({ A: "", B: "" });
});

describe("a secrets file that can't be used", () => {
  it.each([
    { store: "dotenv-secrets", config: { location: "gone" }, key: "location" },
    { store: "file-secrets", config: { path: "gone" }, key: "path" },
    { store: "file-secrets", config: { path: "torn.json" }, key: "path" },
    { store: "file-secrets", config: { path: "number.json" }, key: "path" },
    { store: "dotenv-secrets", config: { location: "directory" }, key: "location" },
  ])("is named by $store with $config, and none of its text", async ({ store, config, key }) => {
    await using temporary = await temporaryDirectory({
      "torn.json": `{"TOKEN": "s3cret`,
      "number.json": `{"TOKEN": {"s3cret": 1}}`,
      "directory/file": "",
    });
    const secrets = await openStore<Secrets>(moduleOf(store), config, temporary.directory);

    const error = await secrets.read(["TOKEN"]).catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({
      code: "SECRETS_UNREADABLE",
      exitCode: 78,
      message: expect.stringContaining(temporary.directory),
      hint: expect.stringContaining(`secrets.config.${key}`),
    });
    expect(chain(error).join("\n")).not.toContain("s3cret");
  });
});

function chain(error: unknown): readonly string[] {
  return error instanceof Error ? [String(error.stack), ...chain(error.cause)] : [];
}
