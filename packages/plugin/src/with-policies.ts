import type { PlanContext, PlaceContext, RemoteContext, SubmitContext } from "./executor-context.ts";
import type { AnyRemoteDefinition, ExecutorFactory } from "./executor.ts";
import { defineRemoteExecutor } from "./define-executor.ts";
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
    ctx: Pick<RemoteContext<SchemaOutput<S>, unknown>, "config" | "runId" | "attempt" | "name" | "log">,
  ) => Promise<void>;
}

type Remote = AnyRemoteDefinition;

/** The executor with policies around it; the first is outermost. Keys of the policies stand beside the executor's own in the config. */
export function withPolicies(
  inner: ExecutorFactory<never, "remote"> | ExecutorFactory<Schema, "remote">,
  policies: readonly Policy[],
): ExecutorFactory<Schema<JsonObject, PolicyConfig>, "remote"> {
  const definition: Remote = inner.definition;
  return defineRemoteExecutor<Schema<JsonObject, PolicyConfig>, Json, Json, unknown>({
    ...optionalMethods(definition),
    config: policySchema(definition.config, policies),
    place: (need, ctx) => placeAll(definition, policies, need, ctx),
    plan: (ctx) => planAll(definition, policies, ctx),
    submitJob: (plan, ctx) => submitAll(definition, policies, plan, ctx),
    find: (key, ctx) => definition.find(key, own(ctx)),
    observe: (handle, ctx) => definition.observe(handle, own(ctx)),
    logs: (handle, ctx, since) => definition.logs(handle, own(ctx), since),
    cancel: (handle, ctx) => definition.cancel(handle, own(ctx)),
    remove: (handle, ctx) => definition.remove(handle, own(ctx)),
    onOutcome: async (outcome, ctx) => {
      await definition.onOutcome?.(outcome, own(ctx));
      for (const policy of policies) await policy.onOutcome?.(outcome, of(policy, ctx));
    },
  });
}

function placeAll(
  inner: Remote,
  policies: readonly Policy[],
  need: Need,
  ctx: PlaceContext<PolicyConfig>,
): Placement | Refusal {
  const last = () => inner.place(need, own(ctx));
  return policies.reduceRight<() => Placement | Refusal>(
    (next, policy) => () => policy.place?.(need, of(policy, ctx), next) ?? next(),
    last,
  )();
}

function planAll(inner: Remote, policies: readonly Policy[], ctx: PlanContext<PolicyConfig>): Json {
  return policies.reduceRight<() => Json>(
    (next, policy) => () => (policy.plan ? policy.plan(of(policy, ctx), next) : next()),
    () => inner.plan(own(ctx)),
  )();
}

function submitAll(
  inner: Remote,
  policies: readonly Policy[],
  plan: Json,
  ctx: SubmitContext<PolicyConfig, unknown>,
): Promise<Json> {
  return policies.reduceRight<() => Promise<Json>>(
    (next, policy) => () =>
      policy.submitJob ? policy.submitJob(plan, of(policy, ctx), next) : next(),
    () => inner.submitJob(plan, own(ctx)),
  )();
}

/** The methods that take the config alone, or a context after the handle. */
function optionalMethods(inner: Remote): Partial<Remote> {
  const ofConfig = ["payloadMode", "interpreter", "resources", "restarts", "mock"] as const;
  const ofHandle = ["collect", "collectFiles", "submitArray", "schedule", "dryRun"] as const;
  const entries: [string, unknown][] = [];
  for (const name of ofConfig) {
    const method = inner[name] as ((config: unknown) => unknown) | undefined;
    if (method) entries.push([name, (config: PolicyConfig) => method(config.own)]);
  }
  for (const name of ofHandle) {
    const method = inner[name] as ((first: Json, ctx: unknown) => unknown) | undefined;
    if (method) entries.push([name, (first: Json, ctx: Configured) => method(first, own(ctx))]);
  }
  const { connect, checkHealth, indexVariable } = inner;
  if (connect) entries.push(["connect", (config: PolicyConfig, ctx: never) => connect(config.own, ctx)]);
  if (checkHealth) entries.push(["checkHealth", (ctx: RemoteContext<PolicyConfig, unknown>) => checkHealth(own(ctx))]);
  if (indexVariable) entries.push(["indexVariable", indexVariable]);
  return Object.fromEntries(entries);
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
