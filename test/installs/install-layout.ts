import { mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import type { Files } from "../e2e/packed.ts";
import { runProgram, type ProgramEnd } from "../support/run-program.ts";
import type { Installs } from "./global-setup.ts";
import type { Layout } from "./layout.ts";

const installMs = 240_000;
const commandMs = 120_000;

/** A project for one package manager. */
export interface InstalledProject extends AsyncDisposable {
  readonly directory: string;
  readonly write: (files: Files) => Promise<void>;
  readonly read: (file: string) => Promise<string>;
  /** Whether the package manager succeeds; `token` replaces the right one. */
  readonly install: (token?: string) => Promise<ProgramEnd>;
  /** `runnable …args`, started by the package manager; `cwd` is relative to the project. */
  readonly run: (args: readonly string[], cwd?: string) => Promise<MarkedEnd>;
  /** Another command, as the user who has the token. */
  readonly command: (argv: readonly string[], cwd?: string) => Promise<ProgramEnd>;
}

/** How a command ended, and the plugins that it imported. */
export interface MarkedEnd extends ProgramEnd {
  /** Sorted. */
  readonly imported: readonly string[];
}

/** Makes the project; nothing is installed yet. `name` is its directory's. */
export async function makeProject(
  layout: Layout,
  installs: Installs,
  name = "project",
): Promise<InstalledProject> {
  const home = await realpath(await mkdtemp(path.join(tmpdir(), "runnable-layout-")));
  const directory = path.join(home, name);
  const marks = path.join(home, "marks");
  const means = (cwd: string, more: Files) => ({
    cwd: path.join(directory, cwd),
    env: { ...environment(home, installs), ...more },
  });
  const write = (files: Files) => writeFiles(directory, files);
  await write(layout.settings(installs));
  if (layout.userSettings) await writeFiles(home, { ".npmrc": layout.userSettings(installs) });
  return {
    directory,
    write,
    read: (file) => readFile(path.join(directory, file), "utf8"),
    command: (argv, cwd = ".") =>
      runProgram(argv, { ...means(cwd, { ACME_TOKEN: installs.token }), timeoutMs: installMs }),
    install: (token = installs.token) =>
      runProgram(layout.install, {
        ...means(".", { ACME_TOKEN: token }),
        timeoutMs: installMs,
      }),
    run: async (args, cwd = ".") => {
      await rm(marks, { recursive: true, force: true });
      await mkdir(marks);
      const env = { IMPORT_MARKS: marks, ACME_TOKEN: "" };
      const options = { ...means(cwd, env), timeoutMs: commandMs };
      const end = await runProgram([...layout.runnable, ...args], options);
      return { ...end, imported: (await readdir(marks)).toSorted() };
    },
    [Symbol.asyncDispose]: () => rm(home, { recursive: true, force: true }),
  };
}

/**
 * Of the user's own environment no more than the Node of the tests and the system's programs. Our registry stands for npm's, too;
 * caches are shared by all projects.
 */
function environment(home: string, { url, caches, managers }: Installs): Files {
  const node = path.dirname(process.execPath);
  return {
    PATH: [managers, node, "/usr/local/bin", "/usr/bin", "/bin"].join(":"),
    HOME: home,
    npm_config_registry: `${url}/`,
    npm_config_cache: path.join(caches, "npm"),
    npm_config_update_notifier: "false",
    npm_config_audit: "false",
    pnpm_config_registry: `${url}/`,
    pnpm_config_store_dir: path.join(caches, "pnpm"),
    YARN_NPM_REGISTRY_SERVER: url,
    YARN_UNSAFE_HTTP_WHITELIST: "127.0.0.1",
    YARN_ENABLE_TELEMETRY: "0",
    YARN_GLOBAL_FOLDER: path.join(caches, "yarn"),
    BUN_CONFIG_REGISTRY: `${url}/`,
    BUN_INSTALL_CACHE_DIR: path.join(caches, "bun"),
  };
}

async function writeFiles(directory: string, files: Files): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(directory, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}
