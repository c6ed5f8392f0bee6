/** SQLSTATE of faults that pass: shutdown, start, no connection left, a statement that met another. Source: postgresql.org, Appendix A. */
const states: ReadonlySet<string> = new Set([
  "08000",
  "08003",
  "08006",
  "40001",
  "40P01",
  "53300",
  "57P01",
  "57P02",
  "57P03",
  "57P05",
]);

/** What Node.js says of a network or server that is away. ENOENT: the socket file of a server that starts again. */
const systemCodes: ReadonlySet<string> = new Set([
  "EAI_AGAIN",
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOENT",
  "EPIPE",
  "ETIMEDOUT",
]);

/** What pg says of a connection that ended; it gives no codes. */
const messages: RegExp =
  /^Connection terminated|^Client (?:has encountered a connection error|was closed)|^Query read timeout$|^timeout expired$/;

/** Whether a server is there and only has no room or isn't up yet. */
export function isBusyServer(error: unknown): boolean {
  return ["53300", "57P03"].includes(codeOf(error) ?? "");
}

/** Whether the same statement may succeed on another connection, a moment later. */
export function isPassing(error: unknown): boolean {
  const code = codeOf(error);
  if (code !== undefined) return states.has(code) || systemCodes.has(code);
  return error instanceof Error && messages.test(error.message);
}

/** SQLSTATE, or the code of Node.js. */
export function codeOf(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}

/** Whether the tables, or their schema, are not there. */
export function isMissingTable(error: unknown): boolean {
  return ["42P01", "3F000"].includes(codeOf(error) ?? "");
}
