import { once } from "node:events";
import { createServer, request, type IncomingMessage, type ServerResponse } from "node:http";

/** What happens to one request on its way to the server. */
export type Fault =
  /** The server does not see it; the answer is this status with this word. */
  | { readonly refuse: number; readonly word: string }
  /** The connection is cut before the server sees it. */
  | "cut before"
  /** The server does it, the answer is lost. */
  | "cut after"
  /** The answer breaks off in the middle of its body. */
  | "cut within";

/** A way to an S3 server on which requests come to harm. */
export interface FaultyWay extends AsyncDisposable {
  readonly endpoint: string;
  /** `METHOD /path` of what has come by, in order. */
  readonly seen: readonly string[];
}

/** Listens on a free port; `fault` says what happens to a request, undefined for nothing. `count` begins with 1. */
export async function startFaultyWay(
  to: string,
  fault: (request: IncomingMessage, count: number) => Fault | undefined,
): Promise<FaultyWay> {
  const seen: string[] = [];
  const server = createServer((incoming, answer) => {
    seen.push(`${incoming.method ?? ""} ${incoming.url ?? ""}`);
    const harm = fault(incoming, seen.length);
    if (harm === "cut before") incoming.socket.destroy();
    else if (typeof harm === "object") refuse(incoming, answer, harm);
    else pass(to, { incoming, answer, harm });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    seen,
    [Symbol.asyncDispose]: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

function refuse(
  incoming: IncomingMessage,
  answer: ServerResponse,
  { refuse: status, word }: Extract<Fault, object>,
): void {
  incoming.resume().on("end", () => {
    answer.writeHead(status, { "content-type": "application/xml" });
    answer.end(`<?xml version="1.0"?><Error><Code>${word}</Code><Message>no</Message></Error>`);
  });
}

function pass(
  to: string,
  way: {
    readonly incoming: IncomingMessage;
    readonly answer: ServerResponse;
    readonly harm: "cut after" | "cut within" | undefined;
  },
): void {
  const { incoming, answer, harm } = way;
  const { method = "GET", headers, url = "/" } = incoming;
  // The signature holds for the host that was asked: it is passed on as it is.
  const onward = request(new URL(url, to), { method, headers }, (response) => {
    if (harm === "cut after") incoming.socket.destroy();
    else answerWith(response, answer, harm);
  });
  onward.on("error", () => incoming.socket.destroy());
  incoming.on("error", () => onward.destroy()).pipe(onward);
}

function answerWith(
  response: IncomingMessage,
  answer: ServerResponse,
  harm: "cut within" | undefined,
): void {
  answer.writeHead(response.statusCode ?? 500, response.headers);
  if (harm === undefined) response.pipe(answer);
  else {
    response.once("data", (data: Buffer) => {
      answer.write(data.subarray(0, data.length / 2), () => answer.socket?.destroy());
    });
  }
}
