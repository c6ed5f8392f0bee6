import type { TestProject } from "vitest/node";

import { startPostgres, type PostgresServer } from "./postgres-server.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Undefined: the tests that need one are skipped. */
    readonly postgres: PostgresServer | undefined;
  }
}

/** One server for all tests of a run: that of PGHOST, else one of the tests' own. Under CI its absence is a failure. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const given = givenServer(process.env);
  const started = given ? undefined : await startPostgres();
  const server = given ?? started?.server;
  if (!server && process.env["CI"]) {
    throw new Error("there is no PostgreSQL, and it can't be installed");
  }
  if (!server) console.warn("No PostgreSQL: its tests are skipped.");
  project.provide("postgres", server);
  return async () => started?.[Symbol.asyncDispose]();
}

/** By the variables of libpq; the role must be allowed to create schemas. The password is found as by everybody. */
function givenServer(env: NodeJS.ProcessEnv): PostgresServer | undefined {
  const { PGHOST: host, PGPORT: port = "5432", PGUSER: user = "postgres", PGDATABASE } = env;
  if (host === undefined) return undefined;
  return { host, port: Number(port), user, database: PGDATABASE ?? user, own: undefined };
}
