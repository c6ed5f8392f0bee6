/** The client alone: the package's main module also brings a pool and, where it is installed, a native addon. */
declare module "pg/lib/client.js" {
  import { Client } from "pg";

  export default class PgClient extends Client {
    /** Whether the connection keeps the process from ending; not in the types of pg. */
    ref(): void;
    unref(): void;
  }
}
