import { createHash } from "node:crypto";

import type { PostgresServer } from "../engines/postgres/postgres-server.ts";

/** Module of the store. */
export const storeModule: string = new URL(
  "../../plugins/postgres/src/postgres.ts",
  import.meta.url,
).href;

/** Config of a store of its own for each directory: a schema named by it. */
export function configIn(server: PostgresServer, directory: string) {
  const { host, port, database, user } = server;
  const schema = `t_${createHash("sha256").update(directory).digest("hex").slice(0, 24)}`;
  return { host, port, database, user, schema };
}
