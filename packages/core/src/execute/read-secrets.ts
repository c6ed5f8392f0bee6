import { readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";

import { isRunnableError, RunnableError } from "@runnable/plugin";

import type { SecretChannel } from "./submission.ts";

type Values = { readonly [name: string]: string };

/**
 * Secret values from their channels. A file is removed once it is read.
 *
 * @throws RunnableError SECRETS_MISSING when a channel brings not every name that it should.
 */
export async function readSecrets(
  channels: readonly SecretChannel[],
  env: NodeJS.ProcessEnv,
): Promise<Values> {
  const all: Record<string, string> = {};
  for (const channel of channels) {
    const values = await valuesOf(channel, env);
    const missing = channel.names.filter((name) => values[name] === undefined);
    if (missing.length > 0) throw missingSecrets(missing, channel);
    for (const name of channel.names) all[name] = values[name] ?? "";
  }
  return all;
}

async function valuesOf(channel: SecretChannel, env: NodeJS.ProcessEnv): Promise<Values> {
  if (channel.at === "environment") return pick(env, channel.names);
  if (channel.at === "stdin") return parseValues(await firstLine(), "the standard input");
  return (await isDirectory(channel.path)) ? readDirectory(channel.path) : readOnce(channel.path);
}

function pick(env: NodeJS.ProcessEnv, names: readonly string[]): Values {
  const values: Record<string, string> = {};
  for (const name of names) {
    const value = env[name];
    if (value !== undefined) values[name] = value;
  }
  return values;
}

async function readOnce(path: string): Promise<Values> {
  try {
    const text = await readFile(path, "utf8");
    await rm(path, { force: true }).catch(() => undefined);
    return parseValues(text, path);
  } catch (cause) {
    if (isRunnableError(cause)) throw cause;
    return {};
  }
}

async function readDirectory(path: string): Promise<Values> {
  const names = (await readdir(path)).filter((name) => !name.startsWith("."));
  const entries = names.map(
    async (name) => [name, await readFile(join(path, name), "utf8")] as const,
  );
  return Object.fromEntries(await Promise.all(entries));
}

async function firstLine(): Promise<string> {
  let text = "";
  for await (const chunk of process.stdin.setEncoding("utf8")) {
    text += String(chunk);
    if (text.includes("\n")) break;
  }
  return text;
}

async function isDirectory(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

// The parser's own message would quote the text, which holds secrets.
function parseValues(text: string, where: string): Values {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null) return strings(value);
  } catch {
    // Said below.
  }
  throw new RunnableError(
    "SECRETS_UNREADABLE",
    `the secret values at ${where} are no JSON object`,
    {
      exitCode: 78,
    },
  );
}

function strings(value: object): Values {
  return Object.fromEntries(
    Object.entries(value).filter(
      (entry): entry is [string, string] => typeof entry[1] === "string",
    ),
  );
}

function missingSecrets(names: readonly string[], channel: SecretChannel): RunnableError {
  const where = channel.at === "path" ? channel.path : channel.at;
  return new RunnableError(
    "SECRETS_MISSING",
    `secrets ${names.join(", ")} did not arrive (${where})`,
    {
      hint: "The platform must hand them over; a file of secrets can be read only once.",
      exitCode: 78,
    },
  );
}
