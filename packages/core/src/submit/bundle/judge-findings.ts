import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

import type { ESTree } from "rolldown/utils";

import type { BuiltBundle } from "./build-bundle.ts";
import { codeLoad } from "./code-load.ts";
import { findingAt, type BundleFinding } from "./finding.ts";
import type { Importers } from "./importers-plugin.ts";
import { parseModule, type ParsedModule } from "./parse-module.ts";

/** What is to be told about the findings of a bundle. */
export interface Judgement {
  /** The job would not do the same over there. */
  readonly refused: readonly BundleFinding[];
  /** It might not. */
  readonly doubtful: readonly BundleFinding[];
}

/**
 * Which findings matter. Of the user's own modules all do. Of a package only those that are met for sure: those on the way
 * from the entry that is taken when modules load, outside of functions and of `try` with a `catch`. A native addon also counts
 * within a function, and where the error is caught only to throw another (the loaders that napi-rs makes).
 */
export function judgeFindings(
  bundle: Pick<BuiltBundle, "findings" | "addons" | "importers">,
  options: Ownership,
): Judgement {
  const { findings, addons, importers } = bundle;
  const all = [...findings, ...addons.flatMap((addon) => addonLoads(addon, importers))];
  const isMet = meetings(importers, options);
  const isRefused = (finding: BundleFinding): boolean =>
    (options.isOwn(finding.file) && finding.kind !== "addon") ||
    (matters(finding) && isMet(finding.file));
  return {
    refused: all.filter((finding) => finding.kind !== "place" && isRefused(finding)),
    doubtful: all.filter((finding) => finding.kind === "place" && options.isOwn(finding.file)),
  };
}

interface Ownership {
  /** The entry. */
  readonly file: string;
  /** Whether a module is the user's. */
  readonly isOwn: (file: string) => boolean;
}

function matters({ kind, namesAddon, guarded, throws, inFunction }: BundleFinding): boolean {
  const isAddon = kind === "addon" || (namesAddon && !inFunction);
  return isAddon ? !guarded || throws : !guarded && !inFunction;
}

/** Where an addon is loaded. */
function addonLoads(addon: string, importers: Importers): readonly BundleFinding[] {
  return (importers.get(addon) ?? []).flatMap((importer) => {
    const module = readModule(importer);
    if (module === undefined) return [];
    const loads = loadsOf(module, addon);
    const places = loads.length > 0 ? loads : [{ start: 0, end: 0 }];
    return places.map((place) => findingAt("addon", place, module));
  });
}

/** Tells whether a module is loaded whenever the entry is. */
function meetings(importers: Importers, options: Ownership): (file: string) => boolean {
  const known = new Map<string, boolean>([[options.file, true]]);
  const isMet = (file: string): boolean => {
    const before = known.get(file);
    if (before !== undefined) return before;
    // While it is being found out: a cycle is no way from the entry.
    known.set(file, false);
    const answer = (importers.get(file) ?? []).some(
      (importer) => isMet(importer) && !isOptional(importer, file, options),
    );
    known.set(file, answer);
    return answer;
  };
  return isMet;
}

/** Whether a module imports another only in functions, which may never be called, or where an error is caught. */
function isOptional(importer: string, file: string, { isOwn }: Ownership): boolean {
  const module = readModule(importer);
  if (module === undefined) return false;
  const { isGuarded, isInFunction } = module.syntax;
  const loads = loadsOf(module, file);
  return (
    loads.length > 0 &&
    loads.every((node) => isGuarded(node) || (!isOwn(importer) && isInFunction(node)))
  );
}

/** The calls of a module that load a file by its literal name. */
function loadsOf(module: ParsedModule, file: string): readonly ESTree.Node[] {
  return module.syntax.candidates.filter((node) => {
    const load = codeLoad(node, module.syntax, module.code);
    if (load === undefined || load.by === "addon" || load.argument.type !== "Literal") return false;
    return resolveFrom(module.file, String(load.argument.value)) === file;
  });
}

function readModule(file: string): ParsedModule | undefined {
  return path.isAbsolute(file) ? parseModule(file, readFileSync(file, "utf8")) : undefined;
}

function resolveFrom(file: string, specifier: string): string | undefined {
  try {
    return createRequire(file).resolve(specifier);
  } catch {
    return undefined;
  }
}
