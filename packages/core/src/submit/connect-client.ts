import type { AnyRemoteDefinition, Log } from "@runnable/plugin";

/** A client that several runs of this process share. */
export interface SharedClient {
  readonly client: unknown;
  /** Gives it back; the last one disposes of it. */
  readonly release: () => Promise<void>;
}

interface Connection {
  readonly client: Promise<unknown>;
  readonly stop: AbortController;
  users: number;
}

const connections = new Map<AnyRemoteDefinition, Map<string, Connection>>();

/** The executor's client for this config, connected at its first use; one for all runs of a process. */
export async function connectClient(
  definition: AnyRemoteDefinition,
  config: unknown,
  log: Log,
): Promise<SharedClient> {
  const { connect } = definition;
  if (!connect) return { client: undefined, release: async () => undefined };
  const byConfig = connections.get(definition) ?? new Map<string, Connection>();
  connections.set(definition, byConfig);
  const key = JSON.stringify(config);
  const stop = new AbortController();
  const connection = byConfig.get(key) ?? {
    client: connect(config, { signal: stop.signal, log }),
    stop,
    users: 0,
  };
  byConfig.set(key, connection);
  connection.users += 1;
  const release = () => releaseClient(byConfig, key, connection);
  try {
    return { client: await connection.client, release };
  } catch (error) {
    byConfig.delete(key);
    throw error;
  }
}

async function releaseClient(
  byConfig: Map<string, Connection>,
  key: string,
  connection: Connection,
): Promise<void> {
  connection.users -= 1;
  if (connection.users > 0) return;
  byConfig.delete(key);
  connection.stop.abort();
  const client = (await connection.client.catch(() => undefined)) as
    | Partial<AsyncDisposable>
    | undefined;
  await client?.[Symbol.asyncDispose]?.();
}
