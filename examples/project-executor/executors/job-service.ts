import { openAsBlob } from "node:fs";

import { RunnableError } from "@runnable/plugin";
import { z } from "zod";

/** A command for the service to run. */
export interface JobRequest {
  readonly queue: string;
  readonly argv: readonly string[];
  readonly env: { readonly [name: string]: string };
  /** What the command reads from its standard input. */
  readonly input: string;
}

/** The service by its HTTP interface. Names are paths relative to the job's directory. */
export interface JobService {
  readonly upload: (key: string, name: string, source: string) => Promise<void>;
  readonly start: (key: string, request: JobRequest) => Promise<void>;
  readonly status: (key: string) => Promise<JobStatus | undefined>;
  readonly log: (key: string, from: number, signal: AbortSignal) => AsyncIterable<Uint8Array>;
  readonly cancel: (key: string, graceSeconds: number) => Promise<void>;
  readonly list: (key: string, directory: string) => Promise<readonly string[]>;
  readonly download: (key: string, name: string) => Promise<Buffer | undefined>;
  readonly remove: (key: string) => Promise<void>;
}

const jobStatus = z.discriminatedUnion("state", [
  z.object({ state: z.enum(["queued", "running"]) }),
  z.object({
    state: z.literal("ended"),
    exitCode: z.int().exactOptional(),
    signal: z.string().exactOptional(),
  }),
]);

/** What the service says of a job. */
export type JobStatus = z.infer<typeof jobStatus>;

/**
 * A client of the service at a URL, which answers.
 * @throws RunnableError MY_PLATFORM_UNAVAILABLE when it doesn't: here, where nothing has been submitted yet.
 */
export async function connectJobService(endpoint: string): Promise<JobService> {
  await send(endpoint, { method: "GET", path: "health" });
  const call = (method: string, path: string, body?: string | Blob) =>
    send(endpoint, { method, path, body });
  return {
    upload: async (key, name, source) => {
      await call("PUT", `jobs/${key}/files/${encodeURI(name)}`, await openAsBlob(source));
    },
    start: async (key, request) => {
      await call("POST", `jobs/${key}`, JSON.stringify(request));
    },
    status: async (key) => {
      const response = await call("GET", `jobs/${key}`);
      return response && jobStatus.parse(await response.json());
    },
    async *log(key, from, signal) {
      const response = await send(endpoint, {
        method: "GET",
        path: `jobs/${key}/log?from=${from}`,
        signal,
      });
      yield* response?.body ?? [];
    },
    cancel: async (key, graceSeconds) => {
      await call("POST", `jobs/${key}/cancel`, JSON.stringify({ graceSeconds }));
    },
    list: async (key, directory) => {
      const response = await call(
        "GET",
        `jobs/${key}/files?below=${encodeURIComponent(directory)}`,
      );
      return response ? z.array(z.string()).parse(await response.json()) : [];
    },
    download: async (key, name) => {
      const response = await call("GET", `jobs/${key}/files/${encodeURI(name)}`);
      return response && Buffer.from(await response.arrayBuffer());
    },
    remove: async (key) => {
      await call("DELETE", `jobs/${key}`);
    },
  };
}

interface Call {
  readonly method: string;
  readonly path: string;
  readonly body?: string | Blob | undefined;
  readonly signal?: AbortSignal;
}

/** The answer; undefined for "not found". */
async function send(
  endpoint: string,
  { method, path, body, signal }: Call,
): Promise<Response | undefined> {
  const url = new URL(path, endpoint);
  const init = { method, ...(body === undefined ? {} : { body }), ...(signal ? { signal } : {}) };
  const response = await fetch(url, init).catch((cause: unknown) => {
    throw unavailable(`the job service at ${endpoint} does not answer`, cause);
  });
  if (response.status === 404) return undefined;
  if (response.ok) return response;
  throw unavailable(`the job service answered ${response.status} to ${method} ${url.pathname}`);
}

function unavailable(message: string, cause?: unknown): RunnableError {
  return new RunnableError("MY_PLATFORM_UNAVAILABLE", message, {
    hint: "Check job-executor.config.api_endpoint, and that the service runs: `pnpm platform` starts it.",
    cause,
    exitCode: 75,
  });
}
