import type { PostgresServer } from "../engines/postgres/postgres-server.ts";
import { mustRun } from "../support/run-program.ts";

/** What `psql` prints for some SQL: a row a line, values parted by `|`. */
export async function psql(
  { host, port, user, database }: Omit<PostgresServer, "own">,
  sql: string,
): Promise<string> {
  const options = ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"];
  const address = ["-h", host, "-p", String(port), "-U", user, "-d", database];
  const printed = await mustRun(["psql", ...options, ...address, "-c", sql], {
    cwd: "/",
    env: process.env,
    timeoutMs: 60_000,
  });
  return printed.trim();
}
