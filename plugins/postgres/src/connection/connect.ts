import { RunnableError } from "@runnable/plugin";
import type { ClientConfig } from "pg";
import type Client from "pg/lib/client.js";

import type { Server } from "./server.ts";

/** How long a server may take to let somebody in. */
const connectMs = 10_000;
/** How long a statement may take; after that the connection counts as dead, as one does whose network swallows everything. */
const statementMs = 30_000;

/** A connection on which several statements may be under way. Its process may end while it is idle. */
export async function connect(server: Server): Promise<Client> {
  // `events`, `net` and `crypto` take longer to load than all of this plugin.
  const { default: PgClient } = await import("pg/lib/client.js");
  const client = new PgClient(await optionsOf(server));
  // Whoever waits for a statement is told; without a listener the process would end.
  client.on("error", () => {});
  await client.connect();
  return client;
}

async function optionsOf(server: Server): Promise<ClientConfig> {
  const { host, port, database, user } = server.address;
  return {
    host,
    port,
    database,
    user,
    ssl: await sslOf(server),
    // As a function: pg takes no password for none only so, and looks for none in files of the job side.
    password: async () => server.password,
    application_name: "runnable",
    client_encoding: "UTF8",
    connectionTimeoutMillis: connectMs,
    query_timeout: statementMs,
    keepAlive: true,
    // One round trip for all that is asked for at once.
    pipeline: true,
  };
}

async function sslOf({ address, rootCertificate }: Server): Promise<ClientConfig["ssl"]> {
  if (address.ssl === "disable") return false;
  if (address.ssl === "require") return { rejectUnauthorized: false };
  if (rootCertificate === undefined) return { rejectUnauthorized: true };
  return { rejectUnauthorized: true, ca: await textOf(rootCertificate) };
}

async function textOf(certificate: string): Promise<string> {
  const { readFile } = await import("node:fs/promises");
  try {
    return await readFile(certificate, "utf8");
  } catch (cause) {
    throw new RunnableError("STORE_REFUSED", `can't read the certificates in ${certificate}`, {
      hint: "Correct run-log-store.config.ssl_root_cert.",
      exitCode: 78,
      cause,
    });
  }
}
