import path from "node:path";
import { pathToFileURL } from "node:url";

import { startLanguageServer } from "./language-client.ts";
import { yamlLanguageServer } from "./yaml-language-server.ts";

/** What is underlined. */
export interface Diagnostic {
  readonly message: string;
  /** From 1. */
  readonly line: number;
}

/** What is offered. */
export interface Completion {
  readonly label: string;
  readonly documentation: string;
}

/** An editor that knows YAML. A text given to it is a file of its own, below `directory`. */
export interface Editor extends AsyncDisposable {
  /** What is offered where `|` stands. */
  readonly completionsIn: (text: string) => Promise<readonly Completion[]>;
  /** What is shown over the place where `|` stands. */
  readonly hoverIn: (text: string) => Promise<string>;
  readonly diagnosticsOf: (text: string) => Promise<readonly Diagnostic[]>;
}

const settings = {
  yaml: { validate: true, hover: true, completion: true, schemaStore: { enable: false } },
};

/** Opens an editor by the real yaml-language-server. */
export async function openEditor(directory: string): Promise<Editor> {
  const server = startLanguageServer(await yamlLanguageServer(), settings);
  await server.ask("initialize", { processId: process.pid, rootUri: null, capabilities: {} });
  server.tell("initialized", {});
  server.tell("workspace/didChangeConfiguration", { settings });
  let files = 0;

  const open = (text: string): string => {
    files += 1;
    const uri = pathToFileURL(path.join(directory, `file-${files}.yaml`)).href;
    server.tell("textDocument/didOpen", {
      textDocument: { uri, languageId: "yaml", version: 1, text },
    });
    return uri;
  };
  const askAt = async (method: string, marked: string): Promise<unknown> => {
    const before = marked.slice(0, marked.indexOf("|")).split("\n");
    const position = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
    return server.ask(method, { textDocument: { uri: open(marked.replace("|", "")) }, position });
  };

  return {
    completionsIn: async (marked) => completionsOf(await askAt("textDocument/completion", marked)),
    hoverIn: async (marked) => hoverText(await askAt("textDocument/hover", marked)),
    diagnosticsOf: (text) => {
      const uri = pathToFileURL(path.join(directory, `file-${files + 1}.yaml`)).href;
      const found = server.next("textDocument/publishDiagnostics", (params) =>
        diagnosticsOf(params, uri),
      );
      open(text);
      return found;
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

type Documentation = string | { readonly value: string } | undefined;

function completionsOf(answer: unknown): readonly Completion[] {
  const { items } = answer as {
    readonly items: readonly { readonly label: string; readonly documentation?: Documentation }[];
  };
  return items.map(({ label, documentation }) => ({ label, documentation: textOf(documentation) }));
}

function hoverText(answer: unknown): string {
  return textOf((answer as { readonly contents?: Documentation } | null)?.contents);
}

function textOf(documentation: Documentation): string {
  if (typeof documentation === "object") return documentation.value;
  return documentation ?? "";
}

function diagnosticsOf(params: unknown, uri: string): readonly Diagnostic[] | undefined {
  const published = params as {
    readonly uri: string;
    readonly diagnostics: readonly {
      readonly message: string;
      readonly range: { readonly start: { readonly line: number } };
    }[];
  };
  if (published.uri !== uri) return undefined;
  return published.diagnostics.map(({ message, range }) => ({
    message,
    line: range.start.line + 1,
  }));
}
