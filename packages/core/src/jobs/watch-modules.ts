import { registerHooks } from "node:module";
import { fileURLToPath } from "node:url";

/** Calls `seen` with the absolute path of each file that is imported or required from now on, outside of node_modules. */
export function watchModules(seen: (path: string) => unknown): { readonly end: () => void } {
  const hooks = registerHooks({
    resolve(specifier, context, nextResolve) {
      const resolved = nextResolve(specifier, context);
      const own = resolved.url.startsWith("file:") && !resolved.url.includes("/node_modules/");
      if (own) seen(fileURLToPath(resolved.url));
      return resolved;
    },
  });
  return { end: () => hooks.deregister() };
}
