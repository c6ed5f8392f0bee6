import { defineRemoteExecutor } from "./define-executor.ts";
import type {
  PlanContext,
  PlaceContext,
  RemoteContext,
  SubmitContext,
} from "./executor-context.ts";
import type { AnyRemoteDefinition, ExecutorFactory } from "./executor.ts";
import type { Json, JsonObject } from "./json.ts";
import type { Need } from "./need.ts";
import type { Outcome } from "./outcome.ts";
import type { Placement, Refusal } from "./placement.ts";
import { policySchema, type PolicyConfig } from "./policy-schema.ts";
import type { Schema, SchemaOutput } from "./schema.ts";

/** A company's rule around an executor: limits, audit, cost, monitoring. It owns one key of the config; `ctx.config` is that key's value. */
export interface Policy<S extends Schema = Schema> {
  /** The key in `job-executor.config`, for example `resource_limits`. */
  readonly key: string;
  readonly config: S;
  readonly place?: (
    need: Need,
    ctx: PlaceContext<SchemaOutput<S>>,
    next: () => Placement | Refusal,
  ) => Placement | Refusal;
  /** Throw to refuse; change what `next` gives to change the platform's object. */
  readonly plan?: (ctx: PlanContext<SchemaOutput<S>>, next: () => Json) => Json;
  readonly submitJob?: (
    plan: Json,
    ctx: SubmitContext<SchemaOutput<S>, unknown>,
    next: () => Promise<Json>,
  ) => Promise<Json>;
  /** A throw is reported and never changes the outcome. */
  readonly onOutcome?: (
    outcome: Outcome,
    ctx: Pick<
      RemoteContext<SchemaOutput<S>, unknown>,
      "config" | "runId" | "attempt" | "name" | "log"
    >,
  ) => Promise<void>;
}

type Remote = AnyRemoteDefinition;

const takeConfig = [
  "payloadMode",
  "interpreter",
  "resources",
  "restarts",
  "mock",
  "connect",
] as const;
const takeContext = ["collect", "collectFiles", "submitArray", "schedule", "dryRun"] as const;

const ofPlatform = ["checkHealth", "leftovers"] as const;

/**
 * The executor with policies around it; the first is outermost. Keys of the policies stand beside the executor's own in the
 * config. `P` are the schemas of the policies, inferred, so that each sees its own key's value.
 */
export function withPolicies<const P extends readonly Schema[]>(
  inner: ExecutorFactory<never, "remote"> | ExecutorFactory<Schema, "remote">,
  each: { readonly [Index in keyof P]: Policy<P[Index]> },
): ExecutorFactory<Schema<JsonObject, PolicyConfig>, "remote"> {
  const definition: Remote = inner.definition;
  // From here on a policy is called with what its own schema gave.
  const policies = each as unknown as readonly Policy[];
  return defineRemoteExecutor<Schema<JsonObject, PolicyConfig>, Json, Json, unknown>({
    ...optionalMethods(definition),
    config: policySchema(definition.config, policies),
    place: (need, ctx) =>
      around(
        policies,
        (policy, next) => policy.place?.(need, of(policy, ctx), next) ?? next(),
        () => definition.place(need, own(ctx)),
      ),
    plan: (ctx) =>
      around(
        policies,
        (policy, next) => (policy.plan ? policy.plan(of(policy, ctx), next) : next()),
        () => definition.plan(own(ctx)),
      ),
    submitJob: (plan, ctx) =>
      around(
        policies,
        (policy, next) => policy.submitJob?.(plan, of(policy, ctx), next) ?? next(),
        () => definition.submitJob(plan, own(ctx)),
      ),
    find: (key, ctx) => definition.find(key, own(ctx)),
    observe: (handle, ctx) => definition.observe(handle, own(ctx)),
    logs: (handle, ctx, since) => definition.logs(handle, own(ctx), since),
    cancel: (handle, ctx) => definition.cancel(handle, own(ctx)),
    remove: (handle, ctx) => definition.remove(handle, own(ctx)),
    onOutcome: async (outcome, ctx) => {
      const told = await Promise.allSettled([
        definition.onOutcome?.(outcome, own(ctx)),
        ...policies.map(async (policy) => policy.onOutcome?.(outcome, of(policy, ctx))),
      ]);
      throwFirst(told);
    },
  });
}

/** What the outermost policy gives; its `next` is the next policy, and that of the last the executor. */
function around<T>(
  policies: readonly Policy[],
  wrap: (policy: Policy, next: () => T) => T,
  last: () => T,
): T {
  return policies.reduceRight((next, policy) => () => wrap(policy, next), last)();
}

/** One policy that fails keeps the news from no other. */
function throwFirst(settled: readonly PromiseSettledResult<void>[]): void {
  const failed = settled.find((one) => one.status === "rejected");
  if (failed) throw failed.reason;
}

/** The methods that an executor need not have: those that take the config first, and those that take a context last. */
function optionalMethods(inner: Remote): Partial<Remote> {
  const { indexVariable } = inner;
  const entries: [string, unknown][] = [];
  for (const name of takeConfig) {
    const method = inner[name] as ((config: unknown, ctx?: unknown) => unknown) | undefined;
    if (!method) continue;
    entries.push([name, (config: PolicyConfig, ctx?: unknown) => method(config.own, ctx)]);
  }
  for (const name of takeContext) {
    const method = inner[name] as ((first: Json, ctx: unknown) => unknown) | undefined;
    if (method) entries.push([name, (first: Json, ctx: Configured) => method(first, own(ctx))]);
  }
  for (const name of ofPlatform) {
    const method = inner[name] as ((ctx: unknown) => unknown) | undefined;
    if (method) entries.push([name, (ctx: Configured) => method(own(ctx))]);
  }
  return { ...Object.fromEntries(entries), ...(indexVariable ? { indexVariable } : {}) };
}

interface Configured {
  readonly config: PolicyConfig;
}

function own<C extends Configured>(ctx: C): Omit<C, "config"> & { readonly config: unknown } {
  return { ...ctx, config: ctx.config.own };
}

function of<C extends Configured>(
  policy: Policy,
  ctx: C,
): Omit<C, "config"> & { readonly config: unknown } {
  return { ...ctx, config: ctx.config.policies[policy.key] };
}
