import { existsSync } from "node:fs";

import { expect, it } from "vitest";

import { readSecrets } from "../../src/execute/read-secrets.ts";
import { temporaryDirectory } from "../temporary-directory.ts";

it("takes values from a file, which is gone then", async () => {
  await using files = await temporaryDirectory({ "secrets.json": `{"TOKEN":"abc","OTHER":"x"}` });
  const path = files.path("secrets.json");

  const values = await readSecrets([{ at: "path", path, names: ["TOKEN"] }], {});

  expect(values).toEqual({ TOKEN: "abc" });
  expect(existsSync(path)).toBe(false);
});

it("takes values from a directory with a file for each, as a platform mounts them", async () => {
  await using files = await temporaryDirectory({
    "secrets/TOKEN": "abc\n",
    "secrets/..data/TOKEN": "",
  });

  const values = await readSecrets(
    [{ at: "path", path: files.path("secrets"), names: ["TOKEN"] }],
    {},
  );

  expect(values).toEqual({ TOKEN: "abc\n" });
});

it("takes values from the environment", async () => {
  const values = await readSecrets([{ at: "environment", names: ["TOKEN"] }], {
    TOKEN: "abc",
    OTHER: "x",
  });

  expect(values).toEqual({ TOKEN: "abc" });
});

it("names what did not arrive, and no value", async () => {
  const reading = readSecrets([{ at: "environment", names: ["TOKEN", "KEY"] }], { KEY: "s3cret" });

  await expect(reading).rejects.toMatchObject({ code: "SECRETS_MISSING", exitCode: 78 });
  await expect(reading).rejects.toThrow(/^(?!.*s3cret).*TOKEN/);
});

it("does not show the text of a file that is damaged", async () => {
  await using files = await temporaryDirectory({ "secrets.json": `{"TOKEN":"s3cret` });

  const reading = readSecrets(
    [{ at: "path", path: files.path("secrets.json"), names: ["TOKEN"] }],
    {},
  );

  await expect(reading).rejects.toMatchObject({ code: "SECRETS_UNREADABLE" });
  await expect(reading).rejects.toThrow(/^(?!.*s3cret)/);
});
