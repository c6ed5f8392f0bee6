import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/** A way to a server that may be cut. */
export interface Proxy extends AsyncDisposable {
  readonly port: number;
  /** The next answer of the server is lost, and with it the connection. */
  readonly loseNextAnswer: () => void;
}

/** Listens on a free port of this machine and passes on what it hears. */
export async function startProxy(to: {
  readonly host: string;
  readonly port: number;
}): Promise<Proxy> {
  const sockets = new Set<Socket>();
  let loses = false;
  const server = createServer((client) => {
    const upstream = connect(to.port, to.host);
    const cut = () => {
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) sockets.add(socket.on("error", cut).on("close", cut));
    client.pipe(upstream);
    upstream.on("data", (answer) => {
      if (loses) cut();
      else client.write(answer);
      loses = false;
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : 0,
    loseNextAnswer: () => {
      loses = true;
    },
    [Symbol.asyncDispose]: async () => {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, "close");
    },
  };
}
