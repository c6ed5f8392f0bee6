import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

import type { Plugin } from "rolldown";
import { id, importerId, include, prefixRegex } from "rolldown/filter";
import { parseSync, transformSync, Visitor } from "rolldown/utils";

import { readSyntax } from "./module-syntax.ts";
import { placeModule, placeSpecifier } from "./place.ts";
import type { ParsedModule } from "./rewrite-module.ts";
import { scanModule, type ModuleScan } from "./scan-module.ts";

/** Text without any of these needs no scan: most modules of most packages have none. */
const needsScan =
  /import\.meta|\b__dirname\b|\b__filename\b|\bcreateRequire\b|\brequire\.resolve\b|\bWorker\s*\(|\bfork\s*\(|\bdlopen\b|\b__require\s*\(|\b(?:require|import)\s*\(\s*[^"'\s)]|\brequire\s*\(\s*["'](?:bindings|node-gyp-build|[^"']*node-pre-gyp|pkg-prebuilds)/u;

/** Who imports a module, statically or not. */
export type Importers = ReadonlyMap<string, readonly string[]>;

const noNewRun = "\0runnable:no-new-run";
const addonStub = "\0runnable:addon:";

const noNewRunSource = `export async function runJob() {
  const message = "a new run cannot be started from inside this payload; set \`code: mount\` or \`code: image\` for a job that starts others";
  throw Object.assign(new Error(message), { code: "RUN_WITHIN_BUNDLE" });
}`;

const addonSource = `throw Object.assign(new Error("a native addon is not part of a bundle"), { code: "ERR_DLOPEN_FAILED" });`;

/**
 * A job imports this package for `defineJob` only: the submitter's side of it stays at home. In place it is the package that
 * is running.
 */
export function jobsPlugin(inPlace: boolean): Plugin {
  const jobsUrl = import.meta.resolve("@runnable/core/job");
  const jobs = fileURLToPath(jobsUrl);
  const core = path.dirname(path.dirname(jobs));
  return {
    name: "runnable:jobs",
    resolveId: {
      filter: [include(id(/^@runnable\/core(?:\/job)?$/u)), include(importerId(prefixRegex(core)))],
      handler(specifier, _importer, { kind }) {
        if (specifier.startsWith("@runnable/core")) {
          const known = kind === "require-call" ? jobs : jobsUrl;
          return inPlace ? { id: known, external: true } : jobs;
        }
        return kind === "dynamic-import" && specifier.startsWith(".") ? noNewRun : undefined;
      },
    },
    load: { filter: { id: prefixRegex(noNewRun) }, handler: () => noNewRunSource },
  };
}

/** `runnable:place`: where the bundle lies. `root` is relative to the bundle's directory. */
export function placePlugin(root: string): Plugin {
  const placeId = `\0${placeSpecifier}`;
  return {
    name: placeSpecifier,
    resolveId: { filter: { id: prefixRegex(placeSpecifier) }, handler: () => placeId },
    load: { filter: { id: prefixRegex(placeId) }, handler: () => placeModule(root) },
  };
}

/**
 * A native addon becomes a module that throws, and `addons` gets the files that are there. In place it is loaded from where
 * it lies.
 */
export function addonsPlugin(options: {
  readonly addons: Set<string>;
  readonly inPlace: boolean;
}): Plugin {
  const { addons, inPlace } = options;
  return {
    name: "runnable:addons",
    resolveId: {
      filter: { id: /\.node$/u },
      handler(specifier, importer) {
        if (!/^\.{0,2}\//u.test(specifier)) return undefined;
        const file = path.resolve(path.dirname(importer ?? ""), specifier);
        return existsSync(file) ? undefined : addonStub + file;
      },
    },
    load: {
      filter: { id: /\.node$/u },
      handler(file) {
        if (file.startsWith(addonStub)) return { code: addonSource, moduleType: "js" };
        if (inPlace) return { code: loadAddon(file), moduleType: "js" };
        addons.add(file);
        return { code: addonSource, moduleType: "js" };
      },
    },
  };
}

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

/**
 * Class fields keep the meaning that Node gives them, whatever the `target` of a tsconfig.json: they are defined, also
 * without a value. Modules with decorators keep the meaning that TypeScript gives them, as Node can't load those.
 */
export function classFieldsPlugin(): Plugin {
  return {
    name: "runnable:class-fields",
    transform: {
      filter: { id: /\.[cm]?ts$/u, code: /\bclass\b/u },
      handler(code, file) {
        if (code.includes("@") && hasDecorators(file, code)) return undefined;
        const result = transformSync(file, code, { tsconfig: false, sourcemap: true });
        if (result.errors.length > 0) return undefined;
        return { code: result.code, map: result.map ?? null, moduleType: "js" };
      },
    },
  };
}

/** Fills in who imports whom. */
export function graphPlugin(importers: Map<string, readonly string[]>): Plugin {
  return {
    name: "runnable:graph",
    buildEnd() {
      for (const file of this.getModuleIds()) {
        const info = this.getModuleInfo(file);
        importers.set(file, [...(info?.importers ?? []), ...(info?.dynamicImporters ?? [])]);
      }
    },
  };
}

/** A module's text with what it holds; undefined when it does not parse, which the bundler reports better. */
export function parseModule(file: string, code: string): ParsedModule | undefined {
  const { program, errors } = parseSync(file, code, { sourceType: "unambiguous" });
  return errors.length > 0 ? undefined : { file, code, syntax: readSyntax(program) };
}

function loadAddon(file: string): string {
  const name = JSON.stringify(file);
  return `module.exports = process.getBuiltinModule("node:module").createRequire(${name})(${name});`;
}

function hasDecorators(file: string, code: string): boolean {
  let found = false;
  new Visitor({ Decorator: () => void (found = true) }).visit(parseSync(file, code).program);
  return found;
}
