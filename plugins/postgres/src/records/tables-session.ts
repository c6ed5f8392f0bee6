import { RunnableError } from "@runnable/plugin";

import type { Rows, SqlValue } from "../connection/connection.ts";
import { locationOf } from "../connection/explained.ts";
import { isMissingTable } from "../connection/passing-faults.ts";
import type { Server } from "../connection/server.ts";
import { openSession, type Answer, type Session } from "../connection/session.ts";
import { currentVersion, migrationSql } from "./migrations.ts";

/** Statements on the tables of one schema, whatever state they are in. */
export interface TablesSession {
  /** A table's name within the schema. */
  readonly name: (table: string) => string;
  /** What a `select` gives; nothing where the tables are not there. */
  readonly read: (text: string, values: readonly SqlValue[]) => Promise<Rows>;
  /** Makes the tables, or brings them up to date, before the first statement. Without values: several statements in one transaction. */
  readonly write: (text: string, values?: readonly SqlValue[]) => Promise<Answer>;
  readonly close: Session["close"];
}

/** @throws RunnableError (its methods) STORE_NEWER when a newer runnable made the tables; and what `explained` names. */
export function openTables(server: Server): TablesSession {
  const session = openSession(server);
  const { schema } = server;
  const version = once(versionOfTables);
  const ready = once(makeReady);

  async function versionOfTables(): Promise<number> {
    const rows = await ifThere(session.query(`select version from "${schema}".store`, []));
    const found = Number(rows[0]?.["version"] ?? 0);
    if (found > currentVersion) throw newer(server, found);
    return found;
  }

  async function makeReady(): Promise<void> {
    if ((await version()) === currentVersion) return;
    await checkEncoding(session, server);
    await session.query(migrationSql(schema));
  }

  return {
    name: (table) => `"${schema}".${table}`,
    read: async (text, values) => {
      // Both at once: the version costs no round trip.
      const [rows] = await Promise.all([ifThere(session.query(text, values)), version()]);
      return rows;
    },
    write: async (text, values) => {
      await ready();
      return session.query(text, values);
    },
    close: session.close,
  };
}

/** What was made once; what failed is made again the next time: the fault may be away by then. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}

async function ifThere(answer: Promise<Answer>): Promise<Rows> {
  try {
    return (await answer).rows;
  } catch (error) {
    if (isMissingTable(error)) return [];
    throw error;
  }
}

async function checkEncoding(session: Session, server: Server): Promise<void> {
  const { rows } = await session.query("select current_setting('server_encoding') as encoding", []);
  const encoding = rows[0]?.["encoding"];
  if (encoding === "UTF8") return;
  throw new RunnableError(
    "STORE_UNWRITABLE",
    `${locationOf(server)}: its encoding is ${String(encoding)}, which has not all characters of the world`,
    {
      hint: "Create a database with `encoding 'UTF8' template template0`, and name it in run-log-store.config.",
      exitCode: 78,
    },
  );
}

function newer(server: Server, version: number): RunnableError {
  return new RunnableError(
    "STORE_NEWER",
    `${locationOf(server)}: a newer runnable made the tables (version ${version}; this one knows ${currentVersion})`,
    { hint: "Update @runnable/postgres, or name another `schema`.", exitCode: 78 },
  );
}
