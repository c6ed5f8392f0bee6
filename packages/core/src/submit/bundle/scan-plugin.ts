import type { Plugin } from "rolldown";

import { parseModule } from "./parse-module.ts";
import { scanModule, type ModuleScan } from "./scan-module.ts";

/** Text without any of these needs no scan: most modules of most packages have none. */
const needsScan =
  /import\.meta|\b__dirname\b|\b__filename\b|\bcreateRequire\b|\brequire\.resolve\b|\bWorker\s*\(|\bfork\s*\(|\bdlopen\b|\b__require\s*\(|\b(?:require|import)\s*\(\s*[^"'\s)]|\brequire\s*\(\s*["'](?:bindings|node-gyp-build|[^"']*node-pre-gyp|pkg-prebuilds)/u;

/** Scans what needs it, and rewrites it so that it finds its places beside the bundle. */
export function scanPlugin(options: {
  readonly scans: Map<string, ModuleScan>;
  readonly inPlace: boolean;
}): Plugin {
  return {
    name: "runnable:scan",
    transform: {
      filter: { id: { include: /\.[cm]?[jt]sx?$/u, exclude: /^\0/u }, code: needsScan },
      handler(code, file) {
        const parsed = parseModule(file, code);
        if (parsed === undefined) return undefined;
        const scan = scanModule(parsed, options.inPlace);
        options.scans.set(file, scan);
        return scan.code === undefined ? undefined : { code: scan.code, map: null };
      },
    },
  };
}
