import { once } from "node:events";
import { createServer, connect, type AddressInfo, type Socket } from "node:net";

/** A proxy that ends connections in the middle. */
export interface CuttingProxy extends AsyncDisposable {
  /** `tcp://127.0.0.1:<port>`. */
  readonly address: string;
  /** How many connections it has cut so far. */
  readonly cuts: () => number;
}

/**
 * Passes TCP connections on to a Unix socket, and cuts the first one that has brought `cutAt[0]` bytes back, then the first that
 * has brought `cutAt[1]`, and so on; what comes after the last cut is left alone.
 */
export async function startCuttingProxy(
  socketPath: string,
  cutAt: readonly number[],
): Promise<CuttingProxy> {
  const open = new Set<Socket>();
  let cuts = 0;
  const server = createServer({ allowHalfOpen: true }, (near) => {
    const far = connect({ path: socketPath, allowHalfOpen: true });
    let brought = 0;
    const cut = () => {
      near.destroy();
      far.destroy();
    };
    for (const socket of [near, far]) {
      open.add(socket);
      socket.on("error", cut).on("close", () => open.delete(socket));
    }
    near.pipe(far);
    far.on("data", (bytes: Buffer) => {
      const left = (cutAt[cuts] ?? Infinity) - brought;
      brought += bytes.length;
      if (bytes.length < left) {
        if (!near.write(bytes)) far.pause();
        return;
      }
      cuts += 1;
      near.end(bytes.subarray(0, left), cut);
      far.pause();
    });
    near.on("drain", () => far.resume());
    far.on("end", () => near.end());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    address: `tcp://127.0.0.1:${port}`,
    cuts: () => cuts,
    [Symbol.asyncDispose]: async () => {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
