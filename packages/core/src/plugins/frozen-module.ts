import path from "node:path";

/** A package of a frozen module. */
export interface FrozenPackage {
  readonly package: string;
  readonly version: string;
  readonly kinds: readonly {
    /** As in a manifest: `executors`. */
    readonly key: string;
    readonly entries: readonly {
      readonly type: string;
      /** Absolute. */
      readonly module: string;
    }[];
  }[];
}

/** Whose types the module takes: what a program that has a host depends on. */
const core = "@runnable/core";

const head =
  "// Written by `runnable plugins freeze`. Write it again when a plugin comes, goes or has another version.";

/** Text of a module that exports `plugins`; imports are relative to its own path, which says its language. */
export function frozenModule(packages: readonly FrozenPackage[], file: string): string {
  const typed = /\.m?ts$/u.test(file);
  const modules = packages.flatMap(({ kinds }) =>
    kinds.flatMap(({ entries }) => entries.map((entry) => entry.module)),
  );
  const names = new Map([...new Set(modules)].map((module, at) => [module, `module${at}`]));
  const imports = [...names].map(
    ([module, name]) => `import * as ${name} from ${JSON.stringify(specifier(module, file))};`,
  );
  return [
    head,
    // A plugin of JavaScript may have no declarations.
    ...(typed ? ["// @ts-nocheck", `import type { StaticPlugin } from "${core}";`, ""] : []),
    ...imports,
    "",
    ...(typed ? [] : [`/** @type {readonly import("${core}").StaticPlugin[]} */`]),
    `export const plugins${typed ? ": readonly StaticPlugin[]" : ""} = [`,
    ...packages.flatMap((item) => packageLines(item, names)),
    "];",
    "",
    "// CommonJS that was made of an ES module has its default within the default.",
    "function factoryOf(module) {",
    "  return module.default.default ?? module.default;",
    "}",
    "",
  ].join("\n");
}

function packageLines(item: FrozenPackage, names: ReadonlyMap<string, string>): readonly string[] {
  const kinds = item.kinds.flatMap(({ key, entries }) => [
    `    ${keyText(key)}: {`,
    ...entries.map(
      ({ type, module }) => `      ${keyText(type)}: factoryOf(${names.get(module)}),`,
    ),
    "    },",
  ]);
  return [
    "  {",
    `    package: ${JSON.stringify(item.package)},`,
    `    version: ${JSON.stringify(item.version)},`,
    ...kinds,
    "  },",
  ];
}

function keyText(key: string): string {
  return /^[a-z]\w*$/iu.test(key) ? key : JSON.stringify(key);
}

function specifier(module: string, file: string): string {
  const relative = path.relative(path.dirname(file), module).replaceAll(path.sep, "/");
  return relative.startsWith(".") ? relative : `./${relative}`;
}
