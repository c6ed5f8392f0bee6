import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

import type { Plugin } from "rolldown";
import { parseSync, transformSync } from "rolldown/utils";

import { placeModule, placeSpecifier } from "./bundle-place.ts";
import { scanModule, type ModuleScan } from "./bundle-scan.ts";
import { readSyntax } from "./bundle-syntax.ts";

/** Text without any of these needs no scan. Most modules of most packages have none. */
const needsScan =
  /import\.meta|\b__dirname\b|\b__filename\b|\bcreateRequire\b|\brequire\.resolve\b|\bWorker\s*\(|\bfork\s*\(|\bdlopen\b|\b(?:require|import)\s*\(\s*[^"'\s)]|\brequire\s*\(\s*["'](?:bindings|node-gyp-build|[^"']*node-pre-gyp|pkg-prebuilds)/u;

const noNewRun = "\0runnable:no-new-run";
const addon = "\0runnable:addon:";

/** A job imports this package for `defineJob` only: the submitter's side of it stays at home. */
export function jobsPlugin(): Plugin {
  const jobs = fileURLToPath(import.meta.resolve("@runnable/core/job"));
  return {
    name: "runnable:jobs",
    resolveId: {
      filter: { id: [/^@runnable\/core(?:\/job)?$/u, /\/run-job\.[jt]s$/u] },
      handler(id, importer) {
        if (id.startsWith("@")) return jobs;
        return importer?.startsWith(path.dirname(jobs)) === true ? noNewRun : undefined;
      },
    },
    load: {
      filter: { id: new RegExp(`^${noNewRun}$`, "u") },
      handler: () => noNewRunSource,
    },
  };
}
