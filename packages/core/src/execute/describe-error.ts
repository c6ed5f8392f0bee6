import { fileURLToPath } from "node:url";

import { isRunnableError, type OutcomeError } from "@runnable/plugin";

import { withOriginalPlaces } from "../output/original-places.ts";

/** A thrown value as recorded; the name of an error of ours is its code. `stack` holds the frames above the first that contains `own` (a file URL, or other text), without Node's internals; causes follow in it. */
export function describeError(thrown: unknown, own?: string): OutcomeError {
  if (!(thrown instanceof Error)) {
    return { name: "Error", message: `the job threw ${textOf(thrown)}` };
  }
  const stack = describeChain(thrown, own);
  const known = isRunnableError(thrown);
  const hint = known ? thrown.hint : undefined;
  return {
    name: known ? thrown.code : thrown.name,
    message: thrown.message,
    ...(stack === undefined ? {} : { stack }),
    ...(hint === undefined ? {} : { remedy: hint }),
  };
}

function describeChain(error: Error, own: string | undefined): string | undefined {
  const seen = new Set<unknown>();
  const parts: string[] = [];
  for (let link: unknown = error; link instanceof Error && !seen.has(link); link = link.cause) {
    seen.add(link);
    parts.push(userFrames(link, own));
  }
  return withOriginalPlaces(parts.join("\ncaused by ")) || undefined;
}

function userFrames({ stack }: Error, own: string | undefined): string {
  if (typeof stack !== "string") return "";
  const lines = stack.split("\n");
  const first = own === undefined ? -1 : lines.findIndex((line) => isIn(own, line));
  const above = first === -1 ? lines : lines.slice(0, first);
  return above.filter((line) => !/^\s+at .*node:internal/.test(line)).join("\n");
}

/** Frames show a URL, or a path where a tool has rewritten them. */
function isIn(own: string, line: string): boolean {
  return line.includes(own) || (own.startsWith("file:") && line.includes(fileURLToPath(own)));
}

function textOf(value: unknown): string {
  try {
    return typeof value === "string" ? value : (JSON.stringify(value) ?? String(value));
  } catch {
    return Object.prototype.toString.call(value);
  }
}
