import { spawn, type ChildProcess } from "node:child_process";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import path from "node:path";
import { setTimeout } from "node:timers/promises";

import { mustRun, runProgram } from "../../support/run-program.ts";
import { findPrograms } from "./find-programs.ts";
import { makeCertificate } from "./make-certificate.ts";

/** A PostgreSQL server for tests. */
export interface PostgresServer {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  /** A role that may do all on a server of the tests' own, and needs no password there. */
  readonly user: string;
  /** Only on a server of the tests' own. */
  readonly own: OwnServer | undefined;
}

/** What only a server that the tests started has. */
export interface OwnServer {
  /** Of the Unix socket. */
  readonly socketDirectory: string;
  /** Certificate of the authority that signed the server's, which is for `localhost`. */
  readonly rootCertificate: string;
  /** Role `guarded` logs in with this password only. */
  readonly password: string;
}

/** A server that its starter stops, and may start again. */
export interface StartedServer extends AsyncDisposable {
  readonly server: PostgresServer;
  /** Ends every connection; resolves once the server lets people in again. */
  readonly restart: () => Promise<void>;
}

const waitMs = 120_000;
const password = "correct-horse-battery";

/**
 * Starts a server in a directory of its own, on a Unix socket and a free port of this machine; it ends with this process.
 * Roles: `guarded` with a password, `tls_only` by SSL only, `guest` without rights, `victim` without a password. Undefined where there is no PostgreSQL and none
 * can be installed: that takes root on Debian.
 */
export async function startPostgres(): Promise<StartedServer | undefined> {
  const programs = await findPrograms();
  if (!programs) return undefined;
  const directory = await mkdtemp("/tmp/runnable-pg-");
  await chmod(directory, 0o755);
  const asUser = await userOf(directory);
  const data = path.join(directory, "data");
  const settings = ["-A", "trust", "-U", "postgres", "--no-sync", "-E", "UTF8", "--no-locale"];
  await mustRun(
    [...asUser, path.join(programs, "initdb"), "-D", data, ...settings],
    options(directory),
  );
  await makeCertificate(directory, asUser);
  await writeFile(path.join(data, "pg_hba.conf"), rules);
  const port = await freePort();
  const given = Object.entries(serverSettings(directory)).map(
    ([name, value]) => `--${name}=${value}`,
  );
  const postgres = path.join(programs, "postgres");
  const argv = [...asUser, postgres, "-D", data, "-p", String(port), ...given];
  const start = () => startProcess(argv, { programs, directory, port });
  const running = { process: await start() };
  const asAdmin = [
    path.join(programs, "psql"),
    "-q",
    "-h",
    directory,
    "-p",
    String(port),
    "-U",
    "postgres",
    "-c",
  ];
  await mustRun([...asAdmin, roles], options(directory));
  return {
    server: {
      host: "127.0.0.1",
      port,
      database: "postgres",
      user: "postgres",
      own: {
        socketDirectory: directory,
        rootCertificate: path.join(directory, "root.crt"),
        password,
      },
    },
    restart: async () => {
      await stop(running.process);
      running.process = await start();
    },
    [Symbol.asyncDispose]: async () => {
      await stop(running.process);
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** The first line that fits decides. */
const rules = `local   all postgres                 trust
local   all all                      trust
hostssl all tls_only  127.0.0.1/32   trust
host    all tls_only  127.0.0.1/32   reject
host    all guarded   127.0.0.1/32   scram-sha-256
host    all all       127.0.0.1/32   trust
host    all all       ::1/128        trust
`;

const roles = `create role guarded login password '${password}';
create role tls_only login; create role guest login; create role victim login;
grant create on database postgres to guarded, tls_only, victim;`;

/** Runs a command as the user that the server will be: PostgreSQL refuses to be root. INT at our death: not even a killed test run leaves it behind. */
async function userOf(directory: string): Promise<readonly string[]> {
  const command = ["setpriv", "--pdeathsig", "INT"];
  if (process.getuid?.() !== 0) return command;
  await mustRun(["chown", "postgres:", directory], options(directory));
  return [...command, "--reuid", "postgres", "--regid", "postgres", "--init-groups"];
}

function serverSettings(directory: string): { readonly [name: string]: string } {
  return {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: directory,
    fsync: "off",
    ssl: "on",
    ssl_cert_file: path.join(directory, "server.crt"),
    ssl_key_file: path.join(directory, "server.key"),
    max_connections: "100",
  };
}

function options(cwd: string) {
  return { cwd, env: process.env, timeoutMs: waitMs };
}

interface Place {
  readonly programs: string;
  readonly directory: string;
  readonly port: number;
}

async function startProcess(
  argv: readonly string[],
  { programs, directory, port }: Place,
): Promise<ChildProcess> {
  const [program = "", ...others] = argv;
  const child = spawn(program, others, { cwd: directory, stdio: ["ignore", "ignore", "pipe"] });
  let log = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (log = (log + text).slice(-5000)));
  const ready = [path.join(programs, "pg_isready"), "-q", "-h", directory, "-p", String(port)];
  const deadline = Date.now() + waitMs;
  for (;;) {
    const { code } = await runProgram(ready, options(directory));
    if (code === 0) return child;
    if (child.exitCode !== null || Date.now() > deadline) {
      throw new Error(`PostgreSQL doesn't start:\n${log}`);
    }
    await setTimeout(50);
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGINT");
  await ended;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 0;
}
