import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

/** The documented keys of an interface. */
export interface DocumentedInterface {
  readonly name: string;
  readonly keys: ReadonlyMap<string, DocumentedKey>;
}

export interface DocumentedKey {
  /** One line. */
  readonly doc: string;
  /** As written. */
  readonly type: string;
}

/** The interfaces of a source file and of all that it imports by relative paths, with the comments of their keys. */
export function documentedInterfaces(file: string): readonly DocumentedInterface[] {
  const files = new Set([file]);
  for (const at of files) {
    for (const imported of relativeImports(at)) files.add(imported);
  }
  return [...files].flatMap((at) => interfacesIn(readFileSync(at, "utf8")));
}

function relativeImports(file: string): readonly string[] {
  const text = readFileSync(file, "utf8");
  return [...text.matchAll(/\bfrom "(\.[^"]+\.ts)"/gu)]
    .map(([, specifier = ""]) => path.resolve(path.dirname(file), specifier))
    .filter((target) => existsSync(target));
}

function interfacesIn(text: string): readonly DocumentedInterface[] {
  const found = text.matchAll(
    /^(?:export )?interface (\w+)(?: extends (\w+))?[^{\n]*\{\n(.*?)^\}/gmsu,
  );
  const keys = new Map<string, DocumentedInterface["keys"]>();
  for (const [, name = "", base = "", body = ""] of found) {
    keys.set(name, new Map([...(keys.get(base) ?? []), ...keysOf(body)]));
  }
  return [...keys].map(([name, all]) => ({ name, keys: all }));
}

function keysOf(body: string): ReadonlyMap<string, DocumentedKey> {
  const found = body.matchAll(
    /\/\*\*((?:(?!\*\/).)*)\*\/\s*(?:readonly )?"?([\w-]+)"?\??:\s*((?:(?!\n {2}\/\*\*|;\n).)*)/gsu,
  );
  const keys = [...found].map(
    ([, doc = "", key = "", type = ""]) => [key, { doc: textOf(doc), type }] as const,
  );
  return new Map(keys);
}

function textOf(comment: string): string {
  return comment
    .replaceAll(/^\s*\* ?/gmu, "")
    .replaceAll(/\{@link (\w+)\}/gu, "$1")
    .replaceAll(/\s+/gu, " ")
    .trim();
}
