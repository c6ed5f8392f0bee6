import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import {
  defineRemoteExecutor,
  type ExecutorFactory,
  type Need,
  type Placement,
  type Refusal,
} from "@runnable/plugin";
import { z } from "zod";

import { connectJobService } from "./job-service.ts";

/** `job-executor.config` of `my-platform`. */
const config = z.strictObject({
  api_endpoint: z.url(),
  queue_name: z.string().min(1).default("default"),
});

/** Milliseconds between two questions for a job's state. */
const pollMs = 100;

/** Runs jobs on the service in `service/`. */
const myPlatform: ExecutorFactory<typeof config, "remote"> = defineRemoteExecutor({
  config,
  connect: ({ api_endpoint }) => connectJobService(api_endpoint),
  place,

  // The service starts a job in a directory of its own, so all paths are relative to that.
  plan: ({ config: { queue_name }, payload, command }) => {
    const { argv, env } = command({
      root: "payload",
      workDirectory: "work",
      receiptPath: "receipt.json",
    });
    const files = payload.files.map(({ path: name, digest, mode }) => ({ name, digest, mode }));
    return { queue: queue_name, argv: [...argv], env, files };
  },

  submitJob: async ({ queue, argv, env }, { client, payload, secrets, idempotencyKey: key }) => {
    for (const { path: name, source } of payload.files) {
      await client.upload(key, `payload/${name}`, source);
    }
    // Secret values go into the job's standard input: nobody can list them, and no file holds them.
    await client.start(key, { queue, argv, env, input: `${JSON.stringify(secrets)}\n` });
    return { key };
  },

  find: async (key, { client }) => ((await client.status(key)) ? { key } : undefined),

  async *observe({ key }, { client, signal }) {
    for (;;) {
      const status = await client.status(key);
      if (!status) {
        yield { state: "gone", detail: `the service has no job ${key}` };
        return;
      }
      yield status;
      if (status.state === "ended") return;
      await sleep(pollMs, undefined, { signal });
    }
  },

  logs: ({ key }, { client, signal }, since) => client.log(key, since?.bytes ?? 0, signal),
  cancel: ({ key }, { client, graceSeconds }) => client.cancel(key, graceSeconds),
  collect: async ({ key }, { client }) => (await client.download(key, "receipt.json"))?.toString(),

  collectFiles: async ({ key }, { client, from, to }) => {
    for (const name of await client.list(key, from)) {
      const target = path.join(to, path.relative(from, name));
      await mkdir(path.dirname(target), { recursive: true });
      await writeFile(target, (await client.download(key, name)) ?? "");
    }
  },

  remove: ({ key }, { client }) => client.remove(key),
});

export default myPlatform;

/** The service shares no disk with the submitter: what the run records comes back with its output. */
function place(need: Need): Placement | Refusal {
  if (need.kind === "files") return { at: "path", path: "payload", shared: false };
  if (need.kind === "values") return { at: "stdin" };
  if (need.kind === "endpoint") return { at: "endpoint", url: need.url, shared: "verify" };
  if (need.role === "run-log" || need.role === "catalog") return { at: "relay", path: "outbox" };
  return {
    refuse: `the service can't see a ${need.kind} of this machine`,
    remedy: "Use another store.",
  };
}
