import { pathToFileURL } from "node:url";

/** A place in the stack that lies in a module file. */
export interface CallingModule {
  /** `file:` URL. */
  readonly url: string;
  /** True for a call by the module's own top level, false within a function. */
  readonly topLevel: boolean;
}

/**
 * Who called `below`, nearest first, awaits included. It is a hint: frames may be missing. Reads V8's call sites, so neither
 * `Error.stackTraceLimit` nor source maps change the answer. Source: v8.dev/docs/stack-trace-api.
 */
export function callingModules(below: Function, limit: number): readonly CallingModule[] {
  const { prepareStackTrace, stackTraceLimit } = Error;
  try {
    Error.stackTraceLimit = limit;
    Error.prepareStackTrace = (_, sites) => sites;
    const holder: { stack?: unknown } = {};
    Error.captureStackTrace(holder, below);
    return Array.isArray(holder.stack) ? holder.stack.flatMap(moduleOf) : [];
  } catch {
    // Intrinsics may be frozen.
    return [];
  } finally {
    restore({ prepareStackTrace, stackTraceLimit });
  }
}

function restore(former: Pick<ErrorConstructor, "prepareStackTrace" | "stackTraceLimit">): void {
  try {
    Object.assign(Error, former);
  } catch {
    // Frozen: then nothing was changed.
  }
}

function moduleOf(site: NodeJS.CallSite): readonly CallingModule[] {
  const file = site.getFileName();
  const topLevel = site.getFunctionName() === null;
  if (file?.startsWith("file://")) return [{ url: file, topLevel }];
  // CommonJS modules are known by path.
  return file?.startsWith("/") ? [{ url: pathToFileURL(file).href, topLevel }] : [];
}
