import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

import type { Plugin } from "rolldown";
import { exactRegex, id, importerId, include } from "rolldown/filter";

const esSyntax = /^\s*(?:import\b(?!\s*[(.])(?!\s+\w+\s*=)|export\b(?!\s*=))/mu;

/**
 * The user's modules import CommonJS as Node does where no package.json says `type`: Node goes by the syntax, and `default` is
 * `module.exports`. The bundler goes by `type` alone, so it is told of a package.json with `"type": "module"`: ours.
 * Source: nodejs.org/api/packages.html, "Syntax detection".
 */
export function moduleFormatPlugin(entry: string): Plugin {
  const packageJsonPath = createRequire(import.meta.url).resolve("@runnable/core/package.json");
  const typeOf = typeReader();
  return {
    name: "runnable:module-format",
    resolveId: {
      filter: [
        include(id(exactRegex(entry))),
        include(importerId(/^(?!.*[\\/]node_modules[\\/]|\0)/u)),
      ],
      async handler(specifier, importer, { kind, isEntry }) {
        const resolved = await this.resolve(specifier, importer, { kind, isEntry });
        if (resolved === null || resolved.external) return resolved;
        const { id: file } = resolved;
        const isPlain = /\.[jt]s$/u.test(file) && !/[\\/]node_modules[\\/]/u.test(file);
        if (!isPlain || typeOf(path.dirname(file)) !== undefined) return resolved;
        return esSyntax.test(readFileSync(file, "utf8"))
          ? { ...resolved, packageJsonPath }
          : resolved;
      },
    },
  };
}

/** The `type` of the package.json that is nearest above a directory. */
function typeReader(): (directory: string) => unknown {
  const known = new Map<string, unknown>();
  const typeOf = (directory: string): unknown => {
    if (known.has(directory)) return known.get(directory);
    const file = path.join(directory, "package.json");
    const parent = path.dirname(directory);
    const above = parent === directory ? undefined : parent;
    const type = existsSync(file) ? readType(file) : above && typeOf(above);
    known.set(directory, type);
    return type;
  };
  return typeOf;
}

function readType(file: string): unknown {
  try {
    const value: unknown = JSON.parse(readFileSync(file, "utf8"));
    return typeof value === "object" && value !== null && "type" in value ? value.type : undefined;
  } catch {
    return undefined;
  }
}
