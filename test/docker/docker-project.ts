import { spawn } from "node:child_process";
import { once } from "node:events";
import { chown, readdir, symlink } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";

import type { DockerEngine } from "../engines/docker/docker-engine.ts";
import { runnableArguments, type CommandEnd } from "../support/copied-project.ts";
import { makeProject, type JobProject } from "../support/job-project.ts";
import { mustRun } from "../support/run-program.ts";

const plugin = path.resolve(import.meta.dirname, "../../plugins/docker");
const limitMs = 100_000;

/** A command that is running. */
export interface StartedCommand {
  /** What it has printed so far, on both streams. */
  readonly printed: () => string;
  readonly kill: (signal: NodeJS.Signals) => void;
  readonly ended: Promise<CommandEnd>;
}

/** How a command of a project is started. */
export interface StartOptions {
  readonly env?: { readonly [name: string]: string };
  /** Default: whoever runs the tests. */
  readonly user?: { readonly uid: number; readonly gid: number };
}

/** An engine that a project's runs are done by. */
export interface ProjectEngine extends Pick<DockerEngine, "host" | "images"> {
  /** Its command, before the words for it; default `docker`. */
  readonly command?: readonly string[];
  /** By which the command finds it, and `runnable` too; default DOCKER_HOST. */
  readonly env?: { readonly [name: string]: string };
}

/** A project with the Docker plugin, whose config names an image of the tests. */
export interface DockerProject extends Omit<JobProject, "runnable" | "run" | "json" | "shown"> {
  readonly start: (args: readonly string[], options?: StartOptions) => StartedCommand;
  readonly runnable: (args: readonly string[], options?: StartOptions) => Promise<CommandEnd>;
  /** What a command prints with `--json`. */
  readonly json: (args: readonly string[], options?: StartOptions) => Promise<Printed>;
  /** What a command of the engine prints. */
  readonly docker: (...argv: readonly string[]) => Promise<string>;
  /** Names of all containers of this project's runs, also ended ones. */
  readonly containers: () => Promise<readonly string[]>;
  /** Puts the journal of a run back to where its client had asked for the container, and not yet heard of it. */
  readonly forgetHandle: (runId: string) => Promise<void>;
  /** Gives everything in the project to a user. */
  readonly giveTo: (user: { readonly uid: number; readonly gid: number }) => Promise<void>;
}

/** What a command printed for programs. */
export interface Printed {
  readonly [key: string]: unknown;
}

/** Makes a project of these files; `settings` are added to the executor's. What its runs leave on the engine is removed with it. */
export async function makeDockerProject(
  engine: ProjectEngine,
  files: { readonly [name: string]: string },
  settings: object = {},
): Promise<DockerProject> {
  const project = await makeProject({
    "package.json": JSON.stringify({
      name: "project",
      type: "module",
      devDependencies: { "@runnable/docker": "*" },
    }),
    ...files,
  });
  await symlink(plugin, project.path("node_modules/@runnable/docker"));
  const { directory } = project;
  const labels = { project: path.basename(directory) };
  const config = { image: engine.images.node, labels, ...settings };
  await project.write(
    "runnable-config.yaml",
    JSON.stringify({ "job-executor": { type: "docker", config } }),
  );
  const host = engine.env ?? (engine.host === undefined ? {} : { DOCKER_HOST: engine.host });
  const command = engine.command ?? ["docker"];

  const start: DockerProject["start"] = (args, { env = {}, user } = {}) => {
    const all = { ...npmSettings(), ...host, ...env };
    const [program, argv, options] = runnableArguments(directory, args, all);
    const child = spawn(program, argv, { ...options, ...user, timeout: limitMs });
    return follow(child);
  };
  const runnable: DockerProject["runnable"] = (args, options) => start(args, options).ended;
  const docker: DockerProject["docker"] = (...argv) =>
    mustRun([...command, ...argv], {
      cwd: directory,
      env: { ...process.env, ...host },
      timeoutMs: limitMs,
    });
  const containers = async () => {
    const filter = ["--filter", `label=project=${labels.project}`];
    const names = await docker("ps", "--all", ...filter, "--format", "{{.Names}}");
    return names.split("\n").filter((name) => name !== "");
  };

  return {
    ...project,
    start,
    runnable,
    json: async (args, options) => jsonOf(await runnable([...args, "--json"], options)),
    docker,
    containers,
    forgetHandle: async (runId) => {
      const file = `.runnable/submissions/${runId}.json`;
      const entry = JSON.parse(await project.read(file)) as object;
      await project.write(file, JSON.stringify({ ...entry, state: "INTENT", handle: undefined }));
    },
    giveTo: (user) => giveTo(directory, user),
    [Symbol.asyncDispose]: async () => {
      const left = await containers();
      if (left.length > 0) await docker("rm", "--force", "--volumes", ...left);
      await project[Symbol.asyncDispose]();
    },
  };
}

/** npm finds the registry as whoever runs the tests does. */
function npmSettings(): { readonly [name: string]: string } {
  const certificates = process.env["NODE_EXTRA_CA_CERTS"];
  return {
    npm_config_userconfig: path.join(homedir(), ".npmrc"),
    ...(certificates === undefined ? {} : { NODE_EXTRA_CA_CERTS: certificates }),
  };
}

function follow(child: ReturnType<typeof spawn>): StartedCommand {
  let [stdout, stderr] = ["", ""];
  child.stdout?.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const ended = once(child, "close").then(([code]) => ({
    code: typeof code === "number" ? code : -1,
    stdout,
    stderr,
  }));
  return { printed: () => stdout + stderr, kill: (signal) => void child.kill(signal), ended };
}

function jsonOf({ stdout, stderr }: CommandEnd): Printed {
  if (stdout.startsWith("{")) return JSON.parse(stdout) as Printed;
  throw new Error(`no JSON in the output:\n${stdout}${stderr}`);
}

async function giveTo(
  directory: string,
  { uid, gid }: { readonly uid: number; readonly gid: number },
): Promise<void> {
  await chown(directory, uid, gid);
  const entries = await readdir(directory, { withFileTypes: true });
  await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => chown(path.join(directory, entry.name), uid, gid)),
  );
}
