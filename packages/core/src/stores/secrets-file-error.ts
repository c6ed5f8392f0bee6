import { RunnableError } from "@runnable/plugin";

import { errorCode } from "../files/error-code.ts";

/** Why a file of secrets gives none, without a word of what is in it. `key` is the config key that names the file. */
export function secretsFileError(
  path: string,
  { key, cause }: { readonly key: string; readonly cause: unknown },
): RunnableError {
  const code = errorCode(cause);
  const why =
    code === "ENOENT" ? "there is no such file" : (code ?? "it is no JSON object of name and text");
  return new RunnableError("SECRETS_UNREADABLE", `can't read secrets from ${path}: ${why}`, {
    hint: `Mend the file, or name another one in secrets.config.${key}.`,
    exitCode: 78,
    // A parser's error quotes what it could not parse.
    ...(code === undefined ? {} : { cause }),
  });
}
