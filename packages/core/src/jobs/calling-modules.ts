import { pathToFileURL } from "node:url";

/** A place in the stack that lies in a module file. */
export interface CallingModule {
  /** `file:` URL. */
  readonly url: string;
  /** From 1. */
  readonly line: number;
  /** True for a call by the module's own top level, false within a function. */
  readonly topLevel: boolean;
}

/**
 * Who called `below`, nearest first, awaits included. It is a hint: frames may be missing. Reads V8's call sites, so neither
 * `Error.stackTraceLimit` nor source maps change the answer. Source: v8.dev/docs/stack-trace-api.
 */
export function callingModules(below: Function, limit: number): readonly CallingModule[] {
  const former = Object.getOwnPropertyDescriptors(Error);
  const holder: { stack?: unknown } = {};
  try {
    Error.stackTraceLimit = limit;
    Error.prepareStackTrace = (_, sites) => sites;
    Error.captureStackTrace(holder, below);
    return Array.isArray(holder.stack) ? holder.stack.flatMap(moduleOf) : [];
  } catch {
    // Intrinsics may be frozen; then there is no hint, and nothing was changed.
    return [];
  } finally {
    restore("stackTraceLimit", former.stackTraceLimit);
    restore("prepareStackTrace", former.prepareStackTrace);
  }
}

function restore(
  name: "stackTraceLimit" | "prepareStackTrace",
  former: PropertyDescriptor | undefined,
): void {
  if (former === undefined) Reflect.deleteProperty(Error, name);
  else Reflect.defineProperty(Error, name, former);
}

function moduleOf(site: NodeJS.CallSite): readonly CallingModule[] {
  const file = site.getFileName();
  // CommonJS modules are known by path.
  const url = file?.startsWith("/") ? pathToFileURL(file).href : file;
  if (url?.startsWith("file://") !== true) return [];
  return [{ url, line: site.getLineNumber() ?? 1, topLevel: site.getFunctionName() === null }];
}
