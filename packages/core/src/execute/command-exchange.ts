import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { JsonObject } from "@runnable/plugin";

/** Files by which a command reads its parameters and writes its returns; removed when disposed. */
export interface CommandExchange extends AsyncDisposable {
  /** Absolute path of a JSON object. */
  readonly parameters: string;
  /** Absolute path of a file that is empty at first. */
  readonly output: string;
  readonly readOutput: () => Promise<string>;
}

/** Lays the files in a new directory that only this user may read. */
export async function openCommandExchange(parameters: JsonObject): Promise<CommandExchange> {
  const directory = await mkdtemp(join(tmpdir(), "runnable-job-"));
  const paths = {
    parameters: join(directory, "parameters.json"),
    output: join(directory, "output"),
  };
  await writeFile(paths.parameters, `${JSON.stringify(parameters)}\n`, { mode: 0o600 });
  await writeFile(paths.output, "", { mode: 0o600 });
  return {
    ...paths,
    // A command may remove the file or put another in its place.
    readOutput: () => readFile(paths.output, "utf8").catch(() => ""),
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true }),
  };
}
