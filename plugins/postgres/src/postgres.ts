import { resolve } from "node:path";

import { defineRunLogStore, type RunLog, type StoreFactory } from "@runnable/plugin";

import { needsOf, relocated } from "./settings/needs.ts";
import { ownPassword, passwordName } from "./settings/password.ts";
import { postgresConfig } from "./settings/postgres-config.ts";
import { serverAddress } from "./settings/server-address.ts";

/** Records in tables of a PostgreSQL database, one a fact. Needs PostgreSQL 13 or newer, encoding UTF8. */
const postgres: StoreFactory<typeof postgresConfig, RunLog, "run-log-store"> = defineRunLogStore({
  config: postgresConfig,
  needs: needsOf,
  relocate: relocated,
  credentials: (config) => [passwordName(config)],
  credentialValues: ownPassword,
  open: async (config, { baseDirectory, credentials }) => {
    // Not needed by those who only ask for needs.
    const { openRunLog } = await import("./records/run-log.ts");
    const { schema, ssl_root_cert } = config;
    return openRunLog({
      address: serverAddress(config),
      schema,
      password: credentials[passwordName(config)] ?? "",
      rootCertificate:
        ssl_root_cert === undefined ? undefined : resolve(baseDirectory, ssl_root_cert),
    });
  },
});

export default postgres;

declare module "@runnable/plugin" {
  interface RegisteredRunLogStores {
    readonly postgres: typeof postgres;
  }
}
