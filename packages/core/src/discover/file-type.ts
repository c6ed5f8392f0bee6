import { realpathSync } from "node:fs";
import path from "node:path";

import type { Candidate } from "./candidate.ts";
import type { Finding } from "./finding.ts";
import { isFile } from "./is-file.ts";
import { nearestPackageDirectory, readPackageJson } from "./package-json.ts";
import { kindCodes, kindWords, type ServiceKind } from "./service-kind.ts";

/** The module that a path names, relative to the project directory; it counts as the project's own. */
export function fileCandidate(query: {
  readonly kind: ServiceKind;
  readonly type: string;
  readonly projectDirectory: string;
}): { readonly candidate: Candidate } | { readonly finding: Finding } {
  const entry = path.resolve(query.projectDirectory, query.type);
  if (!isFile(entry)) {
    return {
      finding: {
        code: `${kindCodes[query.kind]}_NOT_FOUND`,
        message: `no ${kindWords[query.kind]} in ${query.type}: there is no such file`,
        hint: `The path is relative to ${query.projectDirectory}.`,
      },
    };
  }
  const directory = nearestPackageDirectory(path.dirname(entry)) ?? path.dirname(entry);
  const pkg = readPackageJson(directory);
  const realDirectory = realpathSync(directory);
  const named = {
    packageName: pkg?.name || path.basename(directory),
    version: pkg?.version ?? "0.0.0",
  };
  return {
    candidate: {
      kind: query.kind,
      type: query.type,
      aliases: [],
      scope: "project",
      ...named,
      directory: realDirectory,
      provider: { ...named, directory: realDirectory, api: [1] },
      entry,
      defaults: {},
      locked: [],
      via: [],
    },
  };
}
