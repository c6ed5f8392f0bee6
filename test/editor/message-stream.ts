import type { Readable, Writable } from "node:stream";

/** A JSON-RPC message, as far as it is read here. */
export interface Message {
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

/** Writes a message: a header with its length in bytes, then JSON. Source: LSP 3.17, base protocol. */
export function writeMessage(stream: Writable, message: Message): void {
  const body = Buffer.from(JSON.stringify({ jsonrpc: "2.0", ...message }));
  stream.write(`Content-Length: ${body.length}\r\n\r\n`);
  stream.write(body);
}

/** Calls for each message that comes in whole. */
export function readMessages(stream: Readable, take: (message: Message) => void): void {
  let rest: Buffer = Buffer.alloc(0);
  stream.on("data", (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    for (let next = firstOf(rest); next; next = firstOf(rest)) {
      rest = rest.subarray(next.end);
      take(JSON.parse(next.text) as Message);
    }
  });
}

function firstOf(bytes: Buffer): { readonly text: string; readonly end: number } | undefined {
  const headEnd = bytes.indexOf("\r\n\r\n");
  if (headEnd < 0) return undefined;
  const length = Number(/Content-Length: (\d+)/iu.exec(bytes.toString("ascii", 0, headEnd))?.[1]);
  const start = headEnd + 4;
  const end = start + length;
  return bytes.length < end ? undefined : { text: bytes.toString("utf8", start, end), end };
}
