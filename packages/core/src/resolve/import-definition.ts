import type { Candidate } from "../discover/candidate.ts";
import type { Finding } from "../discover/finding.ts";
import { absentModule, moduleName, typeScriptOfPackage } from "../discover/refused-entry.ts";
import { kindWords } from "../discover/service-kind.ts";
import { importFile, moduleTypeHint } from "../jobs/import-file.ts";
import { adaptDefinition, spokenContracts, type Contract } from "./adapt-definition.ts";
import { definitionOf, type Definition } from "./factory.ts";

/**
 * Imports a candidate's module, and no other, and gives the definition that it exports as default, in today's contract; else what
 * is wrong with the package.
 */
export async function importDefinition(
  candidate: Candidate,
  contracts: readonly Contract[] = spokenContracts,
): Promise<Definition | Finding> {
  const refused = absentModule(candidate);
  if (refused) return refused;
  const imported = await importModule(candidate);
  if ("code" in imported) return imported;
  const exported = definitionOf(defaultOf(imported.module));
  if (!exported) return notAFactory(candidate);
  const definition = adaptDefinition(exported, candidate, contracts);
  return wrongKind(candidate, definition) ?? definition;
}

type Module = { readonly [name: string]: unknown };

async function importModule(candidate: Candidate): Promise<{ readonly module: Module } | Finding> {
  try {
    return { module: (await importFile(candidate.entry)) as Module };
  } catch (error) {
    return importFailed(candidate, error);
  }
}

// CommonJS made from ESM hides its default in the namespace's default.
function defaultOf(module: Module): unknown {
  const value = module["default"];
  const inner =
    typeof value === "object" && value !== null && "default" in value ? value.default : undefined;
  return inner ?? value;
}

function importFailed(candidate: Candidate, error: unknown): Finding {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ERR_UNSUPPORTED_NODE_MODULES_TYPE_STRIPPING") {
    return typeScriptOfPackage(candidate);
  }
  const message =
    error instanceof Error ? (error.message.split("\n")[0] ?? "") : "it threw no Error";
  const fault = candidate.scope === "project" ? candidate.entry : candidate.provider.packageName;
  return {
    code: "PLUGIN_IMPORT_FAILED",
    message: `importing ${moduleName(candidate)} failed: ${message}`,
    hint:
      moduleTypeHint(error, candidate.entry) ??
      `The fault is in ${fault}, not in your configuration.`,
  };
}

function notAFactory(candidate: Candidate): Finding {
  const define =
    candidate.kind === "job-executor"
      ? "defineDirectExecutor or defineRemoteExecutor"
      : `define… of @runnable/plugin`;
  return {
    code: "PLUGIN_NOT_A_FACTORY",
    message: `${moduleName(candidate)} does not export a factory with a config schema as default`,
    hint: `Let ${candidate.entry} export as default what ${define} returns.`,
  };
}

function wrongKind(candidate: Candidate, definition: Definition): Finding | undefined {
  if (definition.service !== candidate.kind) {
    return {
      code: "PLUGIN_WRONG_KIND",
      message: `${moduleName(candidate)} is used as ${kindWords[candidate.kind]} and exports one of a ${kindWords[definition.service]}`,
      hint: 'Move its entry in the "runnable" field of package.json.',
    };
  }
  const kind = "kind" in definition ? definition.kind : undefined;
  if (
    kind === undefined ||
    candidate.declaredKind === undefined ||
    kind === candidate.declaredKind
  ) {
    return undefined;
  }
  return {
    code: "PLUGIN_WRONG_KIND",
    message: `${moduleName(candidate)} is "${candidate.declaredKind}" in its manifest and "${kind}" in code`,
    hint: "Correct `kind` in its package.json.",
  };
}
