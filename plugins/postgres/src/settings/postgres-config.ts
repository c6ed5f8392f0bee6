import type { Schema } from "@runnable/plugin";
import * as z from "zod/mini";

import { addressProblem } from "./server-address.ts";

/** `run-log-store.config` of postgres: a `url`, or `host`, `database` and `user`. */
export interface PostgresConfig {
  /** `postgresql://user@host:port/database`, without a password; `?sslmode=` may follow. */
  readonly url?: string | undefined;
  /** Host name, or the absolute directory of the server's Unix socket. */
  readonly host?: string | undefined;
  /** Default `5432`. */
  readonly port?: number | undefined;
  /** The database; it must be there. */
  readonly database?: string | undefined;
  /** The role that logs in. */
  readonly user?: string | undefined;
  /** Schema of the tables; made at the first write. Default `runnable`. */
  readonly schema: string;
  /** `disable`; `require`: encrypted, whoever the server is; `verify-full`: it must prove its name. Default `disable` on this machine, else `verify-full`. */
  readonly ssl?: SslMode | undefined;
  /** File of the certificates (PEM) that the server's is checked against; relative to the project directory. Default: those of Node.js. */
  readonly ssl_root_cert?: string | undefined;
  /** Name of the password in the secrets store. Default: `PGPASSWORD`, then `~/.pgpass`. */
  readonly password_secret?: string | undefined;
}

/** How the connection is encrypted; words of libpq. */
export type SslMode = "disable" | "require" | "verify-full";

const text = z.string().check(z.minLength(1));

/** Schema of {@link PostgresConfig}. */
export const postgresConfig: Schema<
  Omit<PostgresConfig, "schema"> & { readonly schema?: string | undefined },
  PostgresConfig
> = z
  .strictObject({
    url: z.optional(text),
    host: z.optional(text),
    port: z.optional(z.int().check(z.gte(1), z.lte(65_535))),
    database: z.optional(text),
    user: z.optional(text),
    // So that it needs no quotes in anybody's SQL.
    schema: z._default(z.string().check(z.regex(/^[a-z_][a-z0-9_]{0,62}$/)), "runnable"),
    ssl: z.optional(z.enum(["disable", "require", "verify-full"])),
    ssl_root_cert: z.optional(text),
    password_secret: z.optional(text),
  })
  .check((payload) => {
    const problem = addressProblem(payload.value);
    if (problem === undefined) return;
    const { key, message } = problem;
    payload.issues.push({ code: "custom", path: [key], message, input: undefined });
  });
