import { openAsBlob } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

import {
  defineRemoteExecutor,
  RunnableError,
  type ExecutorFactory,
  type Need,
  type Placement,
  type Refusal,
} from "@runnable/plugin";
import * as z from "zod/mini";

import { config } from "./config.ts";

/** Milliseconds between two questions for a job's state. */
const pollMs = 100;

/** What the service says of a job. */
const jobStatus = z.discriminatedUnion("state", [
  z.object({ state: z.enum(["queued", "running"]) }),
  z.object({
    state: z.literal("ended"),
    exitCode: z.exactOptional(z.int()),
    signal: z.exactOptional(z.string()),
  }),
]);

/** Runs jobs on the job service. */
const myPlatform: ExecutorFactory<typeof config, "remote"> = defineRemoteExecutor({
  config,
  place,

  connect: async ({ api_endpoint }) => {
    const call = (...[path, request]: Call) => send(new URL(path, api_endpoint), request);
    // Fails here, where nothing has been submitted yet.
    await call("health");
    return { call };
  },

  // The service starts a job in a directory of its own, so all paths are relative to that.
  plan: ({ config: { queue_name }, payload, command }) => {
    const { argv, env } = command({ root: "payload", workDirectory: "work" });
    const files = payload.files.map(({ path, digest }) => ({ path, digest }));
    return { queue: queue_name, argv: [...argv], env: { ...env }, files };
  },

  submitJob: async ({ queue, argv, env }, { client, payload, secrets, idempotencyKey: key }) => {
    for (const { path, source } of payload.files) {
      const url = `jobs/${key}/files/payload/${encodeURI(path)}`;
      await client.call(url, { method: "PUT", body: await openAsBlob(source) });
    }
    // Secret values go into the job's standard input: nobody can list them, and no file holds them.
    const body = JSON.stringify({ queue, argv, env, input: `${JSON.stringify(secrets)}\n` });
    await client.call(`jobs/${key}`, { method: "POST", body });
    return { key };
  },

  find: async (key, { client }) => ((await client.call(`jobs/${key}`)) ? { key } : undefined),

  async *observe({ key }, { client, signal }) {
    for (;;) {
      const answer = await client.call(`jobs/${key}`);
      if (!answer) {
        yield { state: "gone", detail: `the service has no job ${key}` };
        return;
      }
      const status = jobStatus.parse(await answer.json());
      yield status;
      if (status.state === "ended") return;
      await sleep(pollMs, undefined, { signal });
    }
  },

  async *logs({ key }, { client, signal }, since) {
    const answer = await client.call(`jobs/${key}/log?from=${since?.bytes ?? 0}`, { signal });
    yield* answer?.body ?? [];
  },

  cancel: async ({ key }, { client, graceSeconds }) => {
    const body = JSON.stringify({ graceSeconds });
    await client.call(`jobs/${key}/cancel`, { method: "POST", body });
  },

  remove: async ({ key }, { client }) => {
    await client.call(`jobs/${key}`, { method: "DELETE" });
  },
});

export default myPlatform;

/** The service shares no disk with the submitter: what the run records comes back with its output. */
function place(need: Need): Placement | Refusal {
  if (need.kind === "files") return { at: "path", path: "payload", shared: false };
  if (need.kind === "values") return { at: "stdin" };
  if (need.kind === "endpoint") return { at: "endpoint", url: need.url, shared: "verify" };
  if (need.role === "run-log") return { at: "relay" };
  return {
    refuse: `the service can't see a ${need.kind} of this machine`,
    remedy: "Use another store.",
  };
}

type Call = [path: string, request?: RequestInit];

/** The answer; undefined for "not found". */
async function send(url: URL, request: RequestInit = {}): Promise<Response | undefined> {
  const response = await fetch(url, request).catch((cause: unknown) => {
    throw unavailable(`My Platform at ${url.origin} does not answer`, cause);
  });
  if (response.status === 404) return undefined;
  if (response.ok) return response;
  throw unavailable(`My Platform answered ${response.status} to ${url.pathname}`);
}

function unavailable(message: string, cause?: unknown): RunnableError {
  return new RunnableError("MY_PLATFORM_UNAVAILABLE", message, {
    hint: "Check job-executor.config.api_endpoint, and that the service runs.",
    cause,
    exitCode: 75,
  });
}
