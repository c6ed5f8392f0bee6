import { isAbsolute, join } from "node:path";
import { pathToFileURL } from "node:url";

import {
  RunnableError,
  storeBrand,
  type Catalog,
  type RunLog,
  type StoreDefinition,
  type Schema,
} from "@runnable/plugin";

import type { RelocatedSection } from "./submission.ts";

/** How the job side opens the stores of its config. */
export interface JobSideStores {
  readonly openRunLog: (section: RelocatedSection, ctx: OpenContext) => Promise<RunLog>;
  readonly openCatalog: (section: RelocatedSection, ctx: OpenContext) => Promise<Catalog>;
}

/** Where relative paths lead and which values open a store. */
export interface OpenContext {
  /** Directory of the payload. */
  readonly root: string;
  readonly secrets: { readonly [name: string]: string };
}

type Modules = { readonly [type: string]: () => Promise<unknown> };

/** Stores that are part of the job side, by type, and modules of the payload for all others. */
export function jobSideStores(embedded: {
  readonly runLogs: Modules;
  readonly catalogs: Modules;
}): JobSideStores {
  return {
    openRunLog: (section, ctx) => open<RunLog>(embedded.runLogs, section, ctx),
    openCatalog: (section, ctx) => open<Catalog>(embedded.catalogs, section, ctx),
  };
}

async function open<T>(embedded: Modules, section: RelocatedSection, ctx: OpenContext): Promise<T> {
  const definition = await definitionOf<T>(embedded, section, ctx.root);
  const validated = await definition.config["~standard"].validate(section.config);
  if (validated.issues) {
    const keys = validated.issues.map((issue) => (issue.path ?? []).map(keyOf).join("."));
    throw new RunnableError("CONFIG_INVALID", `${section.type}: bad config: ${keys.join(", ")}`, {
      exitCode: 78,
    });
  }
  const names = definition.credentials?.(validated.value) ?? [];
  const credentials = Object.fromEntries(names.map((name) => [name, ctx.secrets[name] ?? ""]));
  return definition.open(validated.value, { baseDirectory: ctx.root, credentials });
}

async function definitionOf<T>(
  embedded: Modules,
  section: RelocatedSection,
  root: string,
): Promise<StoreDefinition<Schema, T>> {
  const module = section.module;
  const load =
    module === undefined
      ? embedded[section.type]
      : () => import(pathToFileURL(isAbsolute(module) ? module : join(root, module)).href);
  if (load === undefined) {
    throw new RunnableError("STORE_NOT_FOUND", `the payload brings no store "${section.type}"`, {
      exitCode: 78,
    });
  }
  return definitionIn<T>(await load(), section.type);
}

function definitionIn<T>(module: unknown, type: string): StoreDefinition<Schema, T> {
  const exported = (module as { default?: unknown }).default;
  const factory = (exported as { default?: unknown } | undefined)?.default ?? exported;
  if (typeof factory === "function" && storeBrand in factory) {
    return (factory as unknown as { definition: StoreDefinition<Schema, T> }).definition;
  }
  throw new RunnableError("STORE_NOT_FOUND", `the module of store "${type}" exports no store`, {
    exitCode: 78,
  });
}

function keyOf(segment: PropertyKey | { readonly key: PropertyKey }): string {
  return String(typeof segment === "object" ? segment.key : segment);
}
