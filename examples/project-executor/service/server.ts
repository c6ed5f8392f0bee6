import { createReadStream, existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import path from "node:path";
import { json } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";

import {
  createJob,
  keepFile,
  listFiles,
  pathIn,
  runJob,
  stopJob,
  type Job,
  type JobRequest,
} from "./job.ts";

/** A request for one job, its URL taken apart. */
interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly job: Job;
  /** What follows the key: `files/payload/run.mjs`, `log`, `cancel`, or nothing. */
  readonly rest: string;
  readonly query: URLSearchParams;
}

/** A job service: it keeps files, and runs one command after another. It forgets its jobs when it ends. */
export function createJobService(dataDirectory: string): Server {
  const jobs = new Map<string, Job>();
  let queue: Promise<void> = Promise.resolve();

  return createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500);
      response.end(String(error));
    });
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", "http://localhost");
    if (url.pathname === "/health") return send(response, 204);
    const [, key, rest = ""] = /^\/jobs\/([a-z0-9-]{1,80})(?:\/(.*))?$/.exec(url.pathname) ?? [];
    if (key === undefined) return send(response, 404);
    const known = jobs.get(key);
    if (!known && request.method === "GET") return send(response, 404);
    const job = known ?? createJob(path.join(dataDirectory, key));
    const exchange = { request, response, job, rest: decodeURI(rest), query: url.searchParams };
    if (request.method === "PUT" || request.method === "POST") jobs.set(key, job);
    if (request.method === "DELETE") jobs.delete(key);
    await handle(exchange);
  }

  async function handle({ request, response, job, rest, query }: Exchange): Promise<void> {
    const file = rest.startsWith("files/") ? rest.slice("files/".length) : undefined;
    switch (`${request.method} ${file === undefined ? rest : "file"}`) {
      case "PUT file":
        await keepFile(job, file ?? "", request);
        return send(response, 204);
      case "GET file":
        return sendFile(response, pathIn(job, file ?? ""));
      case "GET files":
        return send(response, 200, await listFiles(job, query.get("below") ?? "."));
      case "POST ":
        // The same key again is the same job.
        job.request ??= (await json(request)) as JobRequest;
        queue = queue.then(() => (job.process ? undefined : runJob(job)));
        return send(response, 202);
      case "GET ":
        return job.request ? send(response, 200, job.state) : send(response, 404);
      case "GET log":
        return sendLog(response, job, Number(query.get("from") ?? 0));
      case "POST cancel":
        stopJob(job, ((await json(request)) as { readonly graceSeconds: number }).graceSeconds);
        return send(response, 202);
      case "DELETE ":
        await rm(job.directory, { recursive: true, force: true });
        return send(response, 204);
      default:
        return send(response, 404);
    }
  }
}

function send(response: ServerResponse, status: number, body?: unknown): void {
  response.writeHead(status).end(body === undefined ? undefined : JSON.stringify(body));
}

async function sendFile(response: ServerResponse, file: string): Promise<void> {
  if (!existsSync(file)) return send(response, 404);
  response.writeHead(200);
  await pipeline(createReadStream(file), response);
}

/** The output as it comes, until the job has ended. */
async function sendLog(response: ServerResponse, job: Job, from: number): Promise<void> {
  response.writeHead(200).flushHeaders();
  let position = from;
  for (;;) {
    const { state } = job.state;
    if (existsSync(job.output)) {
      for await (const chunk of createReadStream(job.output, { start: position })) {
        position += (chunk as Buffer).length;
        response.write(chunk);
      }
    }
    if (state === "ended" || response.destroyed) break;
    await sleep(50);
  }
  response.end();
}
