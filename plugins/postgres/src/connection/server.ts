import type { ServerAddress } from "../settings/server-address.ts";

/** A server, and all that it takes to log in. */
export interface Server {
  readonly address: ServerAddress;
  /** Schema of the tables. */
  readonly schema: string;
  /** Empty: the server asks for none. */
  readonly password: string;
  /** Absolute path of a PEM file. */
  readonly rootCertificate: string | undefined;
}
