import { isIP } from "node:net";

import type { PostgresConfig, SslMode } from "./postgres-config.ts";

/** Where the server is, and as whom to log in where. */
export interface ServerAddress {
  /** Name, IP address, or the absolute directory of a Unix socket. */
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly ssl: SslMode;
}

/** What is wrong with an address, and the key that says it. Values are not told: a password may be among them. */
export interface AddressProblem {
  readonly key: keyof PostgresConfig;
  readonly message: string;
}

type AddressKeys = Partial<
  Pick<PostgresConfig, "url" | "host" | "port" | "database" | "user" | "ssl">
>;

/** The address that a valid config gives. @throws Error when it isn't valid. */
export function serverAddress(config: AddressKeys): ServerAddress {
  const address = read(config);
  if ("message" in address) throw new Error(address.message);
  return address;
}

/** What is wrong with the address in a config; undefined when nothing is. */
export function addressProblem(config: AddressKeys): AddressProblem | undefined {
  const address = read(config);
  return "message" in address ? address : undefined;
}

/** Whether a host is this machine. */
export function isThisMachine(host: string): boolean {
  return host.startsWith("/") || /^(?:localhost|127(?:\.\d+){3}|::1)$/.test(host);
}

function read(config: AddressKeys): ServerAddress | AddressProblem {
  return config.url === undefined ? fromKeys(config) : fromUrl(config.url, config);
}

function fromKeys({
  host,
  port,
  database,
  user,
  ssl,
}: AddressKeys): ServerAddress | AddressProblem {
  if (host === undefined) {
    return { key: "url", message: "Give a `url`, or `host`, `database` and `user`" };
  }
  if (database === undefined) return { key: "database", message: "Give the database" };
  if (user === undefined) return { key: "user", message: "Give the role that logs in" };
  if (host.startsWith("/") && ssl !== undefined && ssl !== "disable") {
    return { key: "ssl", message: "A Unix socket has no SSL; leave the key out" };
  }
  return { host, port: port ?? 5432, database, user, ssl: ssl ?? usualSsl(host) };
}

function fromUrl(text: string, config: AddressKeys): ServerAddress | AddressProblem {
  const twice = (["host", "port", "database", "user"] as const).find(
    (key) => config[key] !== undefined,
  );
  if (twice) return { key: twice, message: `\`${twice}\` stands in the \`url\` already` };
  if (!/^postgres(?:ql)?:\/\//.test(text) || !URL.canParse(text) || !isDecodable(text)) {
    return { key: "url", message: "Write `postgresql://user@host:port/database`" };
  }
  const url = new URL(text);
  if (url.password !== "") {
    return {
      key: "url",
      message: "A password in the `url` would be recorded; set PGPASSWORD or `password_secret`",
    };
  }
  const ssl = sslOf(url, config);
  if (typeof ssl === "object") return ssl;
  return fromKeys({
    host: named(url.hostname.replaceAll(/[[\]]/g, "")),
    port: url.port === "" ? undefined : Number(url.port),
    database: named(url.pathname.slice(1)),
    user: named(url.username),
    ssl,
  });
}

function sslOf({ searchParams }: URL, { ssl }: AddressKeys): SslMode | undefined | AddressProblem {
  const unknown = [...searchParams.keys()].find((name) => name !== "sslmode");
  if (unknown !== undefined) {
    return { key: "url", message: "Only `sslmode` may follow in the `url`; see the other keys" };
  }
  const mode = searchParams.get("sslmode");
  if (mode === null) return ssl;
  if (mode === "disable" || mode === "require" || mode === "verify-full") return ssl ?? mode;
  return { key: "url", message: "`sslmode` is disable, require or verify-full" };
}

function named(part: string): string | undefined {
  return part === "" ? undefined : decodeURIComponent(part);
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

function usualSsl(host: string): SslMode {
  return isThisMachine(host) ? "disable" : "verify-full";
}

/** `host:port`, with brackets about an IPv6 address. */
export function hostAndPort({ host, port }: Pick<ServerAddress, "host" | "port">): string {
  return `${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
}
