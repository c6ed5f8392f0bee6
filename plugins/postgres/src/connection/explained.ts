import { isRunnableError, RunnableError } from "@runnable/plugin";

import { hostAndPort } from "../settings/server-address.ts";
import { faultInWords } from "./fault-in-words.ts";
import { isMissingTable } from "./passing-faults.ts";
import type { Server } from "./server.ts";

/** Where the records are, for people: `PostgreSQL db.example.org:5432, database jobs, schema runnable`. */
export function locationOf({ address, schema }: Server): string {
  const { host, port, database } = address;
  const where = host.startsWith("/") ? `${host}/.s.PGSQL.${port}` : hostAndPort(address);
  return `PostgreSQL ${where}, database ${database}, schema ${schema}`;
}

/**
 * A fault of the server or the way to it, in words: what, where, what to do. Others are given back as they are.
 *
 * A RunnableError STORE_UNREACHABLE: there is no server, or no way to it. STORE_REFUSED: it lets this role not in, or not do this.
 * STORE_UNWRITABLE: it can't write now.
 */
export function explained(error: unknown, server: Server): unknown {
  if (isRunnableError(error) || isMissingTable(error)) return error;
  const fault = faultInWords(error, server);
  if (fault === undefined) return error;
  const message = `${locationOf(server)}: ${fault.what}`;
  return new RunnableError(fault.code, message, { hint: fault.remedy, exitCode: 78, cause: error });
}
