import { RunnableError, type StaticPlugin } from "@runnable/plugin";

import { manifestKeys, serviceKinds, kindWords } from "../discover/service-kind.ts";
import { closestName } from "../jobs/closest-name.ts";
import { definitionOf } from "./factory.ts";

const ownKeys: readonly string[] = ["package", "version", ...Object.values(manifestKeys)];

/**
 * Checks plugins that code hands over: what is written in JavaScript, or forced by a cast, is told where it is written.
 * @throws RunnableError PLUGIN_INVALID naming the plugin, the key and what to give there.
 */
export function checkPlugins(plugins: readonly StaticPlugin[]): void {
  if (!Array.isArray(plugins)) throw invalid("plugins is no list", "Write plugins: [ … ].");
  const packages = new Set<string>();
  for (const [index, plugin] of (plugins as readonly unknown[]).entries()) {
    const name = checkPlugin(plugin, `plugins[${index}]`);
    if (packages.has(name)) throw invalid(`plugins has ${name} twice`, "Give each plugin once.");
    packages.add(name);
  }
}

/** The name of the package. */
function checkPlugin(plugin: unknown, at: string): string {
  if (typeof plugin !== "object" || plugin === null) {
    throw invalid(`${at} is no plugin`, "Give { package, version, executors: { … } }.");
  }
  const fields = plugin as { readonly [key: string]: unknown };
  const { package: name, version } = fields;
  for (const key of ["package", "version"]) {
    if (typeof fields[key] === "string" && fields[key] !== "") continue;
    throw invalid(`${at}.${key} must be a text`, "It is recorded with each run.");
  }
  const place = `${at} (${String(name)} ${String(version)})`;
  for (const key of Object.keys(fields)) {
    if (!ownKeys.includes(key)) throw unknownKey(key, place);
  }
  checkFactories(fields, place);
  return String(name);
}

function checkFactories(fields: { readonly [key: string]: unknown }, place: string): void {
  for (const kind of serviceKinds) {
    const key = manifestKeys[kind];
    const types = fields[key];
    if (types === undefined) continue;
    if (typeof types !== "object" || types === null || Array.isArray(types)) {
      throw invalid(`${key} of ${place} is no map`, `Give factories by type: { "my-type": … }.`);
    }
    for (const [type, factory] of Object.entries(types)) {
      if (typeof factory === "function" && definitionOf(factory)?.service === kind) continue;
      throw invalid(
        `${key}["${type}"] of ${place} is no ${kindWords[kind]} factory`,
        `Give what ${definers[kind]} returned, uncalled.`,
      );
    }
  }
}

const definers: Readonly<Record<(typeof serviceKinds)[number], string>> = {
  "job-executor": "defineDirectExecutor() or defineRemoteExecutor()",
  "run-log-store": "defineRunLogStore()",
  catalog: "defineCatalog()",
  secrets: "defineSecrets()",
};

function unknownKey(key: string, place: string): RunnableError {
  const near = closestName(key, ownKeys);
  const hint =
    near === undefined ? `Its keys are: ${ownKeys.join(", ")}.` : `Did you mean "${near}"?`;
  return invalid(`"${key}" is no key of ${place}`, hint);
}

function invalid(message: string, hint: string): RunnableError {
  return new RunnableError("PLUGIN_INVALID", message, { hint, exitCode: 78 });
}
