import { setTimeout as delay } from "node:timers/promises";

import { openConnection, type Rows, type SqlValue } from "./connection.ts";
import { explained } from "./explained.ts";
import { isBusyServer, isPassing } from "./passing-faults.ts";
import type { Server } from "./server.ts";

/** What a statement gave. */
export interface Answer {
  readonly rows: Rows;
  /** Whether it was sent more than once: the connection broke, and the first may have had its effect. */
  readonly again: boolean;
}

/** One connection to a server, made when it is needed, and again when it broke. */
export interface Session {
  /**
   * Does a statement, again while faults pass; it must bear that. Several may be under way. Without values it may be several
   * statements, which are one transaction.
   *
   * @throws RunnableError as `explained`; other faults of the server as they are.
   */
  readonly query: (text: string, values?: readonly SqlValue[]) => Promise<Answer>;
  readonly close: () => Promise<void>;
}

/** How long faults may take to pass, in milliseconds. */
export interface Patience {
  /** When no connection was ever made: a wrong address should be told soon. */
  readonly firstMs: number;
  /** The same for a server that has no room, or is starting. */
  readonly busyMs: number;
  /** Later: a server that starts again, a network that is cut. */
  readonly laterMs: number;
}

const usualPatience: Patience = { firstMs: 2000, busyMs: 15_000, laterMs: 60_000 };
const longestPauseMs = 2000;

/** Opens a session; nothing is connected yet. */
export function openSession(server: Server, patience: Patience = usualPatience): Session {
  const closing = new AbortController();
  const connection = openConnection(server);

  async function query(text: string, values?: readonly SqlValue[]): Promise<Answer> {
    const started = Date.now();
    for (let tries = 1; ; tries += 1) {
      try {
        return { rows: await connection.ask(text, values), again: tries > 1 };
      } catch (error) {
        const isLate = Date.now() - started > patienceWith(error);
        if (!isPassing(error) || isLate || closing.signal.aborted) throw explained(error, server);
        await delay(pauseMs(tries), undefined, { signal: closing.signal }).catch(() => {});
      }
    }
  }

  function patienceWith(error: unknown): number {
    if (connection.wasMade()) return patience.laterMs;
    return isBusyServer(error) ? patience.busyMs : patience.firstMs;
  }

  return {
    query,
    close: async () => {
      closing.abort();
      await connection.close();
    },
  };
}

/** 50 ms, doubled, with a random part, so that not all jobs come back at once. */
function pauseMs(tries: number): number {
  const pause = Math.min(50 * 2 ** (tries - 1), longestPauseMs);
  return pause * (0.5 + Math.random() / 2);
}
