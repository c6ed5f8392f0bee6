import { mkdtemp, rm } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

import { createJobService } from "../../examples/project-executor/service/server.ts";

/** The job service of the examples, in this process. */
export interface Platform extends AsyncDisposable {
  readonly url: string;
  /** Text of a configuration file that chooses it. */
  readonly config: string;
  /** Of the jobs that were submitted, in order. */
  readonly keys: string[];
}

/** Starts the service on a free port. */
export async function startPlatform(): Promise<Platform> {
  const directory = await mkdtemp(path.join(tmpdir(), "runnable-platform-"));
  const keys: string[] = [];
  const server = createJobService(directory).on("request", ({ method, url }) => {
    const key = /^\/jobs\/([^/]+)$/.exec(url ?? "")?.[1];
    if (method === "POST" && key !== undefined) keys.push(key);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const config = { api_endpoint: url, queue_name: "research" };
  return {
    url,
    config: `job-executor: ${JSON.stringify({ type: "my-platform", config })}\n`,
    keys,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
