import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";

import { passwordIn } from "./password-file.ts";
import type { PostgresConfig } from "./postgres-config.ts";
import { serverAddress } from "./server-address.ts";

/** Name under which the password travels to the job side. */
export function passwordName({ password_secret }: PostgresConfig): string {
  return password_secret ?? "PGPASSWORD";
}

/**
 * The password that this side finds by itself: PGPASSWORD, then `~/.pgpass` or the file that PGPASSFILE names. Empty where there
 * is none: the server may ask for none. Nothing where the config names a secret.
 */
export async function ownPassword(
  config: PostgresConfig,
): Promise<{ readonly [name: string]: string }> {
  if (config.password_secret !== undefined) return {};
  const { PGPASSWORD: given, PGPASSFILE: file } = process.env;
  const found = given ?? passwordIn(await textOf(file), serverAddress(config));
  return { PGPASSWORD: found ?? "" };
}

async function textOf(file = join(homedir(), ".pgpass")): Promise<string> {
  return readFile(file, "utf8").catch(() => "");
}
