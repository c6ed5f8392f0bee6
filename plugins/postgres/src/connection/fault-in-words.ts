import { codeOf } from "./passing-faults.ts";
import type { Server } from "./server.ts";

/** What happened and what helps; neither holds a secret. */
export interface Fault {
  readonly code: "STORE_UNREACHABLE" | "STORE_REFUSED" | "STORE_UNWRITABLE";
  readonly what: string;
  readonly remedy: string;
}

type Words = (server: Server, message: string) => Omit<Fault, "code">;

const settings = "run-log-store.config";

/** By SQLSTATE (postgresql.org, Appendix A) or the code of Node.js. */
const known: { readonly [code: string]: readonly [Fault["code"], Words] } = {
  ECONNREFUSED: ["STORE_UNREACHABLE", noServer("nothing listens there")],
  ECONNRESET: ["STORE_UNREACHABLE", noServer("the connection was cut, again and again")],
  EPIPE: ["STORE_UNREACHABLE", noServer("the connection was cut, again and again")],
  ENOENT: ["STORE_UNREACHABLE", noServer("there is no socket")],
  ENOTFOUND: ["STORE_UNREACHABLE", noServer("the host has no address")],
  EAI_AGAIN: ["STORE_UNREACHABLE", noServer("the host's address can't be looked up")],
  ETIMEDOUT: ["STORE_UNREACHABLE", noServer("it doesn't answer")],
  EHOSTUNREACH: ["STORE_UNREACHABLE", noServer("no way leads there")],
  ENETUNREACH: ["STORE_UNREACHABLE", noServer("no way leads there")],
  "53300": [
    "STORE_UNREACHABLE",
    () => ({
      what: "it has no connection left",
      remedy:
        "Raise max_connections, or put a pooler such as PgBouncer before it; each job uses one connection.",
    }),
  ],
  "57P03": ["STORE_UNREACHABLE", noServer("it is starting or stopping")],
  "57P01": ["STORE_UNREACHABLE", noServer("it is shutting down")],
  "28P01": [
    "STORE_REFUSED",
    ({ address }) => ({
      what: `it does not take this password of role ${address.user}`,
      remedy: "Set PGPASSWORD, a line of ~/.pgpass, or the secret that `password_secret` names.",
    }),
  ],
  "28000": [
    "STORE_REFUSED",
    ({ address }, message) => ({
      what: /no encryption|SSL off/.test(message)
        ? `it lets role ${address.user} in only by SSL, or from other machines`
        : `it does not let role ${address.user} in`,
      remedy: /no encryption|SSL off/.test(message)
        ? `Set ${settings}.ssl to verify-full, or to require; else ask for a line in its pg_hba.conf.`
        : `Check ${settings}.user, and the server's pg_hba.conf.`,
    }),
  ],
  "3D000": [
    "STORE_REFUSED",
    ({ address }) => ({
      what: "there is no such database",
      remedy: `Create it (\`create database "${address.database}" encoding 'UTF8'\`), or correct ${settings}.`,
    }),
  ],
  "42501": ["STORE_REFUSED", grants],
  "25006": [
    "STORE_UNWRITABLE",
    () => ({
      what: "the server only reads",
      remedy: `Name the primary server, not a replica, in ${settings}.`,
    }),
  ],
  "53100": [
    "STORE_UNWRITABLE",
    () => ({ what: "its disk is full", remedy: "Make room on the server." }),
  ],
  "53200": [
    "STORE_UNWRITABLE",
    () => ({ what: "it is out of memory", remedy: "Ask whoever runs the server." }),
  ],
};

/** pg and Node's TLS say these in words only. */
const inWords: readonly (readonly [RegExp, Fault["code"], Words])[] = [
  [
    /does not support SSL/,
    "STORE_REFUSED",
    () => ({
      what: "it has no SSL",
      remedy: `Set ${settings}.ssl to disable if the network is trusted; else ask whoever runs the server for SSL.`,
    }),
  ],
  [
    /certificate|altname|self.signed/i,
    "STORE_REFUSED",
    (_, message) => ({
      what: `its certificate is not trusted (${message.split("\n")[0]?.slice(0, 200)})`,
      remedy: `Name the file of its authority in ${settings}.ssl_root_cert; \`ssl: require\` encrypts without knowing the server.`,
    }),
  ],
  [
    /client password must be/,
    "STORE_REFUSED",
    ({ address }) => ({
      what: `it asks for a password of role ${address.user}, and there is none`,
      remedy: "Set PGPASSWORD, a line of ~/.pgpass, or the secret that `password_secret` names.",
    }),
  ],
  [/^Query read timeout$|^timeout expired$/, "STORE_UNREACHABLE", noServer("it doesn't answer")],
  [
    /^Connection terminated|^Client /,
    "STORE_UNREACHABLE",
    noServer("the connection was cut, again and again"),
  ],
];

/** A fault in words; undefined for what is no fault of server, network or rights. */
export function faultInWords(error: unknown, server: Server): Fault | undefined {
  const message = error instanceof Error ? error.message : "";
  const sqlState = codeOf(error) ?? "";
  const inMessage = inWords.find(([pattern]) => pattern.test(message));
  const [code, words] = known[sqlState] ?? (inMessage && [inMessage[1], inMessage[2]]) ?? [];
  if (code && words) return { code, ...words(server, message) };
  return /^[0-9A-Z]{5}$/.test(sqlState) ? refusedStatement(sqlState, message) : undefined;
}

/** The message of a fault names no values; its detail, which does, is not told. */
function refusedStatement(sqlState: string, message: string): Fault {
  return {
    code: "STORE_REFUSED",
    what: `it refused a statement: ${message} (${sqlState})`,
    remedy: "See the server's log, or ask whoever runs it.",
  };
}

function noServer(what: string): Words {
  return () => ({
    what,
    remedy: `Check that the server runs and that the address in ${settings} is right.`,
  });
}

/** What a role needs at least; and what lets it make the tables. */
function grants({ schema, address: { user, database } }: Server): Omit<Fault, "code"> {
  return {
    what: `role ${user} has no right to do this`,
    remedy: [
      "Let the database's owner give it, in that database:",
      `  to make the tables: grant create on database "${database}" to "${user}";`,
      `  or, if schema ${schema} is there: grant usage, create on schema "${schema}" to "${user}";`,
      `  if the tables are there: grant usage on schema "${schema}" to "${user}"; grant select, insert, update, delete on all tables in schema "${schema}" to "${user}";`,
    ].join("\n"),
  };
}
