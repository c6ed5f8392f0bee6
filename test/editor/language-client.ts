import { spawn } from "node:child_process";

import { readMessages, writeMessage, type Message } from "./message-stream.ts";

const answerMs = 60_000;

/** A language server that was started, spoken to by JSON-RPC on its standard streams. */
export interface LanguageClient extends AsyncDisposable {
  /** Asks and waits for the answer. */
  readonly ask: (method: string, params: object) => Promise<unknown>;
  readonly tell: (method: string, params: object) => void;
  /** The next message of the server that `pick` gives a value for. */
  readonly next: <T>(method: string, pick: (params: unknown) => T | undefined) => Promise<T>;
}

/** Starts a server of Node.js; `settings` are what it gets by section when it asks for them. */
export function startLanguageServer(
  program: string,
  settings: { readonly [section: string]: unknown },
): LanguageClient {
  const child = spawn(process.execPath, [program, "--stdio"], {
    stdio: ["pipe", "pipe", "ignore"],
  });
  const listeners = new Set<(message: Message) => void>();
  let lastId = 0;

  readMessages(child.stdout, (message) => {
    for (const listen of listeners) listen(message);
    if (message.method === undefined || message.id === undefined) return;
    writeMessage(child.stdin, { id: message.id, result: answerTo(message, settings) });
  });

  const wait = <T>(what: string, pick: (message: Message) => T | undefined): Promise<T> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no ${what} came`)), answerMs);
      const listen = (message: Message) => {
        const picked = pick(message);
        if (picked === undefined) return;
        clearTimeout(timer);
        listeners.delete(listen);
        resolve(picked);
      };
      listeners.add(listen);
    });

  return {
    ask: async (method, params) => {
      const id = (lastId += 1);
      const answer = wait(`answer to ${method}`, (message) =>
        message.id === id && message.method === undefined ? message : undefined,
      );
      writeMessage(child.stdin, { id, method, params });
      const { error, result } = await answer;
      if (error) throw new Error(`${method}: ${error.message}`);
      return result;
    },
    tell: (method, params) => writeMessage(child.stdin, { method, params }),
    next: (method, pick) =>
      wait(method, (message) => (message.method === method ? pick(message.params) : undefined)),
    [Symbol.asyncDispose]: async () => void child.kill(),
  };
}

/** It asks for settings, and registers what it can do. */
function answerTo(
  { method, params }: Message,
  settings: { readonly [section: string]: unknown },
): unknown {
  if (method !== "workspace/configuration") return null;
  const { items } = params as { readonly items: readonly { readonly section: string }[] };
  return items.map(({ section }) => settings[section] ?? null);
}
