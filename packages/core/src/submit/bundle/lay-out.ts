import path from "node:path";

import { originalLinesSuffix } from "../../output/original-places.ts";
import type { BundleAsset } from "../bundle-module.ts";
import { assetKind } from "./assets.ts";
import type { BuiltBundle } from "./build-bundle.ts";
import { fillPlaces, namedFiles, type PlaceKind } from "./place.ts";

/** A bundle, and the name of its file, relative to the directory of the entry's. */
export interface NamedBundle {
  readonly name: string;
  readonly bundle: BuiltBundle;
}

/** Files to write, the entry's bundle first, and files to bring along. */
export interface BundleLayout {
  readonly outputs: readonly { readonly name: string; readonly text: string }[];
  readonly assets: readonly BundleAsset[];
}

/**
 * Gives each file that the bundles reach its place below `assetDirectory`, where the files lie to each other as they do now.
 * Without one everything stays where it is. `bundles` is keyed by the module's absolute path; a module that is missing
 * there is brought along as it is.
 */
export function layOutBundles(
  bundles: ReadonlyMap<string, NamedBundle>,
  assetDirectory: string | undefined,
): BundleLayout {
  const all = [...bundles.values()];
  const sources = filesToBring(bundles);
  const named = all.flatMap(({ bundle }) => namedFiles(bundle.code));
  const root = commonDirectory([...sources, ...named]);
  const filePlace = (file: string): string =>
    assetDirectory === undefined
      ? file
      : `${assetDirectory}/${path.relative(root, file).replaceAll(path.sep, "/")}`;
  const placeOf = (kind: PlaceKind, file: string): string =>
    (kind === "module" ? bundles.get(file)?.name : undefined) ?? filePlace(file);
  return {
    outputs: all.flatMap(({ name, bundle }) => [
      { name, text: fillPlaces(bundle.code, placeOf) },
      { name: name + originalLinesSuffix, text: JSON.stringify(bundle.lines) },
    ]),
    assets:
      assetDirectory === undefined
        ? []
        : sources.map((source) => ({ path: filePlace(source), source })),
  };
}

function filesToBring(bundles: ReadonlyMap<string, NamedBundle>): readonly string[] {
  const files = [...bundles.values()].flatMap(({ bundle }) => [
    ...bundle.files,
    ...bundle.workers.filter((worker) => !bundles.has(worker)),
  ]);
  return [...new Set(files)].toSorted();
}

/** The deepest directory that holds all of some files and directories. */
function commonDirectory(files: readonly string[]): string {
  const directories = files.map((file) =>
    assetKind(file) === "directory" ? file : path.dirname(file),
  );
  const [first, ...others] = directories.map((directory) => directory.split(path.sep));
  if (first === undefined) return path.sep;
  const differs = first.findIndex((part, at) => others.some((other) => other[at] !== part));
  return (differs === -1 ? first : first.slice(0, differs)).join(path.sep) || path.sep;
}
