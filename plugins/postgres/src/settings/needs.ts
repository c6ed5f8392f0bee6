import { resolve } from "node:path";

import type { JsonObject, Placed, StoreNeed } from "@runnable/plugin";

import type { PostgresConfig } from "./postgres-config.ts";
import { hostAndPort, serverAddress } from "./server-address.ts";

const serverNeed = "run-log";
const certificateNeed = "run-log-root-cert";

/** The server, by network or by the directory of its socket; and the file of certificates. */
export function needsOf(
  config: PostgresConfig,
  { baseDirectory }: { readonly baseDirectory: string },
): readonly StoreNeed[] {
  const address = serverAddress(config);
  const why = "the run log is in a PostgreSQL database";
  const server: StoreNeed = address.host.startsWith("/")
    ? { id: serverNeed, access: "write", why, kind: "path", path: address.host, what: "directory" }
    : { id: serverNeed, access: "write", why, kind: "endpoint", url: urlOf(address) };
  if (config.ssl_root_cert === undefined) return [server];
  const path = resolve(baseDirectory, config.ssl_root_cert);
  const certificate: StoreNeed = {
    id: certificateNeed,
    access: "read",
    why: "the server's certificate is checked against it",
    kind: "path",
    path,
    what: "file",
  };
  return [server, certificate];
}

/** The config by which the job side opens the same store; the address in keys, SSL as it is from here. */
export function relocated(config: PostgresConfig, placements: readonly Placed[]): JsonObject {
  const { url: _, ...others } = config;
  const placed = (id: string) => placements.find(({ need }) => need.id === id)?.placement;
  const server = placed(serverNeed);
  const certificate = placed(certificateNeed);
  return {
    ...others,
    ...serverAddress(config),
    ...(server?.at === "path" ? { host: server.path } : {}),
    ...(server?.at === "endpoint" ? hostOf(server.url) : {}),
    ...(certificate?.at === "path" ? { ssl_root_cert: certificate.path } : {}),
  };
}

function urlOf(address: Parameters<typeof hostAndPort>[0] & { readonly database: string }): string {
  return `postgresql://${hostAndPort(address)}/${encodeURIComponent(address.database)}`;
}

function hostOf(url: string): { readonly host: string; readonly port: number } {
  const { hostname, port } = new URL(url);
  return { host: hostname.replaceAll(/[[\]]/g, ""), port: port === "" ? 5432 : Number(port) };
}
