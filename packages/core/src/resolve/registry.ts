import type { StaticPlugin } from "@runnable/plugin";

import type { Finding } from "../discover/finding.ts";
import { splitQualified } from "../discover/qualified-name.ts";
import {
  kindCodes,
  kindWords,
  manifestKeys,
  serviceKinds,
  type ServiceKind,
} from "../discover/service-kind.ts";
import { closestName } from "../jobs/closest-name.ts";
import { embeddedStores, type LoadFactory } from "./embedded-stores.ts";

/** A type that code handed over, or a store of core. */
export interface Registered {
  readonly type: string;
  readonly packageName: string;
  readonly version: string;
  readonly embedded: boolean;
  /** Gives the factory, unchecked. */
  readonly load: () => Promise<unknown>;
}

/** The types of a program that brings its plugins: in place of discovery, and nothing is read for it. */
export interface Registry {
  /** `name`, or `"@acme/pkg:name"`. */
  readonly find: (kind: ServiceKind, type: string) => Registered | Finding;
  /** `@acme/pkg:name` of an executor; `undefined` if there is none. */
  readonly fullName: (type: string) => string | undefined;
}

/** A registry of plugins and core's own stores. */
export function createRegistry(plugins: readonly StaticPlugin[]): Registry {
  const known = Object.fromEntries(
    serviceKinds.map((kind) => [kind, registeredOf(kind, plugins)]),
  ) as Readonly<Record<ServiceKind, readonly Registered[]>>;
  return {
    find: (kind, type) => find(known[kind], kind, type),
    fullName: (type) => {
      const found = find(known["job-executor"], "job-executor", type);
      return "code" in found ? undefined : `${found.packageName}:${found.type}`;
    },
  };
}

function find(known: readonly Registered[], kind: ServiceKind, type: string): Registered | Finding {
  const qualified = splitQualified(type);
  const matches = known.filter((item) =>
    qualified
      ? item.type === qualified.name && item.packageName === qualified.packageName
      : item.type === type,
  );
  const [first, ...others] = matches;
  if (!first) return notRegistered(known, kind, type);
  return others.length === 0 ? first : ambiguous(matches, kind, type);
}

function registeredOf(kind: ServiceKind, plugins: readonly StaticPlugin[]): readonly Registered[] {
  const given = plugins.flatMap((plugin) =>
    Object.entries(plugin[manifestKeys[kind] as TypesKey] ?? {}).map(([type, factory]) => ({
      type,
      packageName: plugin.package,
      version: plugin.version,
      embedded: false,
      load: () => Promise.resolve(factory),
    })),
  );
  return [...given, ...Object.entries(embeddedStores[kind]).map(ofCore)];
}

type TypesKey = Exclude<keyof StaticPlugin, "package" | "version">;

function ofCore([type, load]: readonly [string, LoadFactory]): Registered {
  return {
    type,
    packageName: "@runnable/core",
    version: "",
    embedded: true,
    load: async () => (await load()).default,
  };
}

function notRegistered(known: readonly Registered[], kind: ServiceKind, type: string): Finding {
  const near = closestName(
    type,
    known.map((item) => item.type),
  );
  const names = known.map((item) => `${item.type} (${item.packageName})`).join(", ") || "none";
  const lines = [
    ...(near === undefined ? [] : [`Did you mean "${near}"?`]),
    `Known here: ${names}.`,
    brought.includes(type)
      ? "Give localPlugin of @runnable/local to createHost({ plugins })."
      : "Give its plugin to createHost({ plugins }); packages and files of the project are not looked into.",
  ];
  return {
    code: `${kindCodes[kind]}_NOT_FOUND`,
    message: `no ${kindWords[kind]} named "${type}" among the plugins of this program`,
    hint: lines.join("\n"),
  };
}

/** Types that are there by themselves where packages are looked into. */
const brought: readonly string[] = ["local", "emulator"];

function ambiguous(matches: readonly Registered[], kind: ServiceKind, type: string): Finding {
  const names = matches.map((item) => `"${item.packageName}:${item.type}"`).join(" or ");
  return {
    code: `${kindCodes[kind]}_AMBIGUOUS`,
    message: `the ${kindWords[kind]} "${type}" is provided by ${matches.length} plugins of this program`,
    hint: `Write ${names}; keep the quotes, YAML reserves @.`,
  };
}
