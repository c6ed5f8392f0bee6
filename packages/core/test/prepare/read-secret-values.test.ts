import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, it } from "vitest";

import { readConfig } from "../../src/configure/read-config.ts";
import { readSecretValues } from "../../src/prepare/read-secret-values.ts";
import { resolveServices } from "../../src/resolve/resolve-services.ts";

/** Reads secrets from a dotenv file with this text. */
async function secretsOf(env: string, names: readonly string[], plain: readonly string[] = []) {
  const directory = await mkdtemp(join(tmpdir(), "runnable-secrets-"));
  try {
    await writeFile(join(directory, ".env"), env);
    const secrets = { type: "dotenv", config: { plain } };
    await writeFile(join(directory, "runnable-config.yaml"), JSON.stringify({ secrets }));
    const { services } = await resolveServices(await readConfig({ cwd: directory, env: {} }));
    if (!services) throw new Error("the config of this test is wrong");
    return await readSecretValues(services, names, directory);
  } finally {
    await rm(directory, { recursive: true });
  }
}

it("gives the values that were asked for", async () => {
  await expect(secretsOf("TOKEN=abcdef\nOTHER=ghijkl\n", ["TOKEN"])).resolves.toEqual({
    TOKEN: "abcdef",
  });
});

it("names all secrets that are missing", async () => {
  const read = secretsOf("TOKEN=abcdef\n", ["TOKEN", "A", "B"]);

  await expect(read).rejects.toMatchObject({
    code: "SECRETS_MISSING",
    exitCode: 78,
    message: expect.stringContaining("A, B"),
  });
});

it("refuses a value that is too short to be redacted, and never shows it", async () => {
  const error: unknown = await secretsOf("PIN=1234\n", ["PIN"]).catch((caught: unknown) => caught);

  expect(error).toMatchObject({ code: "SECRETS_SHORT", exitCode: 78 });
  expect(String(error)).not.toContain("1234");
});

it.each([
  ["one that is marked plain", "PIN=1234\n", ["PIN"], { PIN: "1234" }],
  ["an empty one, which hides nothing", "PIN=\n", [], { PIN: "" }],
])("takes a short value: %s", async (_case, env, plain, expected) => {
  await expect(secretsOf(env, ["PIN"], plain)).resolves.toEqual(expected);
});
