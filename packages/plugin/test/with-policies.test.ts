import { describe, expect, it } from "vitest";
import * as z from "zod";

import type { RemoteContext, PlanContext, SubmitContext } from "../src/executor-context.ts";
import type { ExecutorFactory } from "../src/executor.ts";
import type { Outcome } from "../src/outcome.ts";
import { withPolicies, type Policy } from "../src/with-policies.ts";
import { remoteExecutor, type TestDefinition } from "./remote-executor.ts";

const outcome: Outcome = {
  status: "succeeded",
  attempt: 1,
  returns: {},
  metrics: {},
  catalog: [],
  endedAt: "2026-01-01T00:00:00Z",
  by: "job",
};

describe("withPolicies", () => {
  it("wraps plan and submitJob, the first policy outermost", async () => {
    const calls: string[] = [];
    const { definition, config } = await limited({}, [
      tracing("outer", calls),
      tracing("inner", calls),
    ]);

    const plan = definition.plan(contextOf(config));
    const handle = await definition.submitJob(plan, contextOf(config));

    expect(plan).toEqual({ outer: { inner: { queue: "short" } } });
    expect(handle).toEqual({ id: "1" });
    expect(calls).toEqual([
      "outer plans",
      "inner plans",
      "inner planned",
      "outer planned",
      "outer submits",
      "inner submits",
      "inner submitted",
      "outer submitted",
    ]);
  });

  it("lets a policy answer a need itself, or pass it on", async () => {
    const policy: Policy = {
      key: "storage",
      config: z.strictObject({}),
      place: (need, _ctx, next) =>
        need.kind === "memory" ? { refuse: "not allowed", remedy: "Use a disk." } : next(),
    };
    const { definition, config } = await limited({}, [policy]);
    const need = { id: "run-log", role: "run-log", access: "write" } as const;

    expect(definition.place({ ...need, kind: "memory" }, contextOf(config))).toMatchObject({
      refuse: "not allowed",
    });
    expect(definition.place({ ...need, kind: "endpoint", url: "x:" }, contextOf(config))).toEqual({
      at: "relay",
    });
  });

  it("refuses a submission when a policy throws in plan", async () => {
    const policy: Policy = {
      key: "limits",
      config: z.strictObject({}),
      plan: () => {
        throw new Error("too many cores");
      },
    };
    const { definition, config } = await limited({}, [policy]);

    expect(() => definition.plan(contextOf(config))).toThrow("too many cores");
  });

  it("gives each policy the value of its own key, and the executor the rest", async () => {
    const seen: unknown[] = [];
    const watch = (key: string, schema: z.ZodType): Policy => ({
      key,
      config: schema,
      plan: (ctx, next) => {
        seen.push([key, ctx.config]);
        return next();
      },
    });
    const inner = remoteExecutor({
      plan: ({ config }) => {
        seen.push(["executor", config]);
        return config;
      },
    });
    const factory = withPolicies(inner, [
      watch("limits", z.strictObject({ cores: z.int().default(4) })),
      watch("audit", z.strictObject({ to: z.string() })),
    ]);

    const config = await validate(factory, { queue: "long", audit: { to: "log" } });
    factory.definition.plan(contextOf(config));

    expect(seen).toEqual([
      ["limits", { cores: 4 }],
      ["audit", { to: "log" }],
      ["executor", { queue: "long" }],
    ]);
  });

  it("tells all that is wrong, of the policies and of the executor, each with its path", async () => {
    const policy: Policy = { key: "limits", config: z.strictObject({ cores: z.int() }) };
    const factory = withPolicies(remoteExecutor({}), [policy]);

    const result = await factory.definition.config["~standard"].validate({
      queue: 1,
      limits: { cores: "four" },
      unknown: true,
    });

    const issues = result.issues ?? [];
    expect(issues.map(({ path }) => path ?? [])).toEqual([["limits", "cores"], ["queue"], []]);
  });

  it("gives the executor's other methods its own config, and keeps what they give", async () => {
    const client = "client";
    const methods: Partial<TestDefinition> = {
      connect: async (config) => `${client} of ${config.queue}`,
      collect: async (handle, ctx) => `${handle.id} ${ctx.config.queue}`,
      interpreter: ({ queue }) => ["node", queue],
      mock: ({ queue }) => queue === "long",
      resources: ({ queue }) => ({ cpu: queue.length }),
      find: async (key, ctx) => ({ id: `${key} ${ctx.config.queue}` }),
    };
    const { definition, config } = await limited(
      methods,
      [{ key: "audit", config: z.strictObject({}) }],
      { queue: "long" },
    );
    const ctx = contextOf(config);

    expect(await definition.connect?.(config, { signal: ctx.signal, log: ctx.log })).toBe(
      "client of long",
    );
    expect(await definition.collect?.({ id: "7" }, ctx)).toBe("7 long");
    expect(definition.interpreter?.(config)).toEqual(["node", "long"]);
    expect(definition.mock?.(config)).toBe(true);
    expect(definition.resources?.(config)).toEqual({ cpu: 4 });
    expect(await definition.find("key", ctx)).toEqual({ id: "key long" });
  });

  it("adds no method that the executor has not", async () => {
    const { definition } = await limited({}, [{ key: "audit", config: z.strictObject({}) }]);

    expect(definition).not.toHaveProperty("collect");
    expect(definition).not.toHaveProperty("connect");
    expect(definition).not.toHaveProperty("collectFiles");
    expect(definition).not.toHaveProperty("dryRun");
  });

  it("tells the outcome to the executor, then to each policy", async () => {
    const told: string[] = [];
    const tell = (key: string): Policy => ({
      key,
      config: z.strictObject({}),
      onOutcome: async ({ status }) => void told.push(`${key} ${status}`),
    });
    const methods: Partial<TestDefinition> = { onOutcome: async () => void told.push("executor") };
    const { definition, config } = await limited(methods, [tell("audit"), tell("cost")]);

    await definition.onOutcome?.(outcome, contextOf(config));

    expect(told).toEqual(["executor", "audit succeeded", "cost succeeded"]);
  });

  it("tells the outcome to the other policies when one of them throws, and then that it did", async () => {
    const told: string[] = [];
    const failing: Policy = {
      key: "audit",
      config: z.strictObject({}),
      onOutcome: async () => Promise.reject(new Error("the audit is down")),
    };
    const telling: Policy = {
      key: "cost",
      config: z.strictObject({}),
      onOutcome: async () => void told.push("cost"),
    };
    const { definition, config } = await limited({}, [failing, telling]);

    const telling_ = definition.onOutcome?.(outcome, contextOf(config));

    await expect(telling_).rejects.toThrow("the audit is down");
    expect(told).toEqual(["cost"]);
  });
});

/** A policy that writes down what it does and wraps the plan into its key. */
function tracing(key: string, calls: string[]): Policy {
  return {
    key,
    config: z.strictObject({}),
    plan: (_ctx, next) => {
      calls.push(`${key} plans`);
      const plan = { [key]: next() };
      calls.push(`${key} planned`);
      return plan;
    },
    submitJob: async (_plan, _ctx, next) => {
      calls.push(`${key} submits`);
      const handle = await next();
      calls.push(`${key} submitted`);
      return handle;
    },
  };
}

async function limited(
  methods: Partial<TestDefinition>,
  policies: readonly Policy[],
  config: object = {},
) {
  const factory = withPolicies(remoteExecutor(methods), policies);
  return { definition: factory.definition, config: await validate(factory, config) };
}

async function validate(
  factory: ExecutorFactory<never, "remote"> | ExecutorFactory,
  config: object,
): Promise<unknown> {
  const result = await factory.definition.config["~standard"].validate(config);
  if (result.issues) throw new Error(JSON.stringify(result.issues));
  return result.value;
}

/** Enough of a context for the methods above. */
function contextOf(config: unknown) {
  const { signal } = new AbortController();
  const context: Partial<SubmitContext<unknown, unknown> & PlanContext<unknown>> = {
    config,
    runId: "run",
    attempt: 1,
    name: "rn-run-a1",
    signal,
    log: () => {},
  };
  return context as SubmitContext<unknown, unknown> &
    PlanContext<unknown> &
    RemoteContext<unknown, unknown>;
}
