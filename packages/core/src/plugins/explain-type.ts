import path from "node:path";

import { exactName } from "../discover/candidate.ts";
import type { Finding } from "../discover/finding.ts";
import { isFileType } from "../discover/is-file-type.ts";
import { packageOfKnownType } from "../discover/known-types.ts";
import { refusedByEntry } from "../discover/refused-entry.ts";
import { kindCodes, serviceKinds, type ServiceKind } from "../discover/service-kind.ts";
import type { Rule, TrailStep } from "../discover/trail.ts";
import { describeRead } from "./describe-read.ts";
import { openPlugins, type OpenedPlugins, type PluginsOptions } from "./open-plugins.ts";

/** One step on the way to an answer. */
export type ExplainedStep =
  | {
      readonly step: "read";
      /** Absolute. */
      readonly file: string;
      /** What it says of types. */
      readonly text: string;
      readonly providesTypes: boolean;
    }
  | {
      readonly step: "rule";
      readonly rule: Rule;
      readonly text: string;
      /** It chose the module, or refused it. */
      readonly decides: boolean;
    };

/** Why a type means what it means, as one kind of service. */
export interface TypeExplanation {
  readonly kind: ServiceKind;
  readonly type: string;
  readonly steps: readonly ExplainedStep[];
  /** The last rule that decided. */
  readonly decidedBy: Rule;
  /** Of the search alone, the configuration being read. */
  readonly milliseconds: number;
  /** The module. */
  readonly found?: {
    /** A name that means it and no other. */
    readonly name: string;
    readonly version: string;
    readonly entry: string;
    /** `package:type` that a re-export leads to, from the outermost. */
    readonly via: readonly string[];
  };
  /** Why there is none. */
  readonly finding?: Finding;
}

/**
 * How a type is looked for: each file that is read and each rule, in order. Without `kind` there is an explanation for each kind
 * that has such a type, and if there is none, of the kind that was most likely meant. Nothing is imported.
 * @throws RunnableError CONFIG_INVALID when `configFile` is not there.
 */
export async function explainType(
  type: string,
  options: PluginsOptions & { readonly kind?: ServiceKind },
): Promise<readonly TypeExplanation[]> {
  const plugins = await openPlugins(options);
  const named = plugins.typed(type);
  // What a file provides shows only when it is imported.
  const only = options.kind ?? (isFileType(named) ? "job-executor" : undefined);
  if (only) return [explain(plugins, only, named)];
  const all = serviceKinds.map((kind) => explain(plugins, kind, named));
  const answers = all.filter(
    (item, index) =>
      item.finding?.code !== `${kindCodes[item.kind]}_NOT_FOUND` &&
      !all.slice(0, index).some((earlier) => isSameFault(earlier, item)),
  );
  if (answers.length > 0) return answers;
  const likely = all.find(({ kind }) => packageOfKnownType(kind, type) !== undefined) ?? all[0];
  return likely ? [likely] : [];
}

/** A fault of a package is one for all kinds. */
function isSameFault({ finding: one }: TypeExplanation, { finding: other }: TypeExplanation) {
  return one !== undefined && one.message === other?.message;
}

function explain(
  { config, discover }: OpenedPlugins,
  kind: ServiceKind,
  type: string,
): TypeExplanation {
  const trail: TrailStep[] = [];
  const started = performance.now();
  const found = discover((step) => trail.push(step)).find(kind, type);
  const milliseconds = performance.now() - started;
  if (!("candidate" in found)) {
    return {
      kind,
      type,
      ...told(trail, config.projectDirectory),
      milliseconds,
      finding: found.finding,
    };
  }
  const { candidate } = found;
  const refused = refusedByEntry(candidate);
  trail.push({
    step: "rule",
    rule: "module",
    text: refused?.message ?? "its file is there",
    decides: refused !== undefined,
  });
  const answer = told(trail, config.projectDirectory);
  if (refused) return { kind, type, ...answer, milliseconds, finding: refused };
  const { version, entry, via } = candidate;
  return {
    kind,
    type,
    ...answer,
    milliseconds,
    found: { name: exactName(candidate, config.projectDirectory), version, entry, via },
  };
}

function told(
  trail: readonly TrailStep[],
  projectDirectory: string,
): Pick<TypeExplanation, "steps" | "decidedBy"> {
  const steps = trail.map((step): ExplainedStep => {
    if (step.step === "rule") return step;
    const { file, bytes } = step;
    return {
      step: "read",
      file: path.resolve(projectDirectory, file),
      ...describeRead(file, bytes),
    };
  });
  const deciding = steps.filter((step) => step.step === "rule").findLast(({ decides }) => decides);
  if (!deciding) throw new Error("nothing decided");
  return { steps, decidedBy: deciding.rule };
}
