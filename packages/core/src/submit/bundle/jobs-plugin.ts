import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";

import type { Plugin } from "rolldown";
import { id, importerId, include, prefixRegex } from "rolldown/filter";

const noNewRun = "\0runnable:no-new-run";

const noNewRunSource = `export async function runJob() {
  const message = "a new run cannot be started from inside this payload; set \`code: mount\` or \`code: image\` for a job that starts others";
  throw Object.assign(new Error(message), { code: "RUN_WITHIN_BUNDLE" });
}`;

/**
 * A job imports this package for `defineJob`, and what else a program's file may import beside it: the submitter's side stays at home. It is taken from the sources, which
 * are published too, since what is built for a fast start is not parted so. In place it is the package that is running.
 */
export function jobsPlugin(inPlace: boolean): Plugin {
  const packageJson = createRequire(import.meta.url).resolve("@runnable/core/package.json");
  const sources = path.join(path.dirname(packageJson), "src");
  const program = path.join(sources, "index.ts");
  const running = import.meta.resolve("@runnable/core/job");
  return {
    name: "runnable:jobs",
    resolveId: {
      filter: [
        include(id(/^@runnable\/core(?:\/job)?$/u)),
        include(importerId(prefixRegex(sources))),
      ],
      handler(specifier, _importer, { kind }) {
        if (specifier.startsWith("@runnable/core")) {
          const file = kind === "require-call" ? fileURLToPath(running) : running;
          return inPlace ? { id: file, external: true } : program;
        }
        return kind === "dynamic-import" && specifier.startsWith(".") ? noNewRun : undefined;
      },
    },
    load: { filter: { id: prefixRegex(noNewRun) }, handler: () => noNewRunSource },
  };
}
