import type Client from "pg/lib/client.js";

import { connect } from "./connect.ts";
import { isPassing } from "./passing-faults.ts";
import type { Server } from "./server.ts";

/** A value of a statement; a list is an array of SQL. */
export type SqlValue = string | number | readonly (string | number)[];

/** Rows by column. */
export type Rows = readonly { readonly [column: string]: unknown }[];

/** A connection that is made when it is needed, given back when it is idle, and left when it broke. */
export interface Connection {
  /** Sends a statement once. Several may be under way. */
  readonly ask: (text: string, values?: readonly SqlValue[]) => Promise<Rows>;
  /** Whether the server let us in, once at least. */
  readonly wasMade: () => boolean;
  readonly close: () => Promise<void>;
}

/** An idle connection is given back: others may need it. */
const idleMs = 20_000;

/** Nothing is connected yet. */
export function openConnection(server: Server): Connection {
  let current: Promise<Client> | undefined;
  let wasMade = false;
  let underWay = 0;
  let idle: NodeJS.Timeout | undefined;

  function client(): Promise<Client> {
    if (current) return current;
    const made = connect(server);
    current = made;
    made.then(
      () => (wasMade = true),
      () => leave(made),
    );
    return made;
  }

  async function ask(text: string, values?: readonly SqlValue[]): Promise<Rows> {
    clearTimeout(idle);
    underWay += 1;
    const used = client();
    try {
      const made = await used;
      made.ref();
      const { rows } = await (values ? made.query(text, [...values]) : made.query(text));
      return rows;
    } catch (error) {
      if (isPassing(error)) leave(used);
      throw error;
    } finally {
      underWay -= 1;
      if (underWay === 0) rest();
    }
  }

  /** A connection that nobody uses doesn't keep the process from ending. */
  function rest(): void {
    const resting = current;
    if (!resting) return;
    void resting.then((made) => made.unref()).catch(() => {});
    idle = setTimeout(() => leave(resting), idleMs).unref();
  }

  function leave(left: Promise<Client>): void {
    if (current === left) current = undefined;
    void left.then((made) => made.end()).catch(() => {});
  }

  return {
    ask,
    wasMade: () => wasMade,
    close: async () => {
      clearTimeout(idle);
      const left = current;
      current = undefined;
      await left?.then((made) => farewell(made, underWay > 0)).catch(() => {});
    },
  };
}

/** Nobody waits for the server to hang up, which takes it 10 ms, unless answers are still to come. */
async function farewell(client: Client, isBusy: boolean): Promise<void> {
  const ended = client.end();
  if (isBusy) client.ref();
  else client.unref();
  if (isBusy) await ended;
}
