import { expect, it } from "vitest";
import * as z from "zod";

import type { PlatformContext } from "../src/executor-context.ts";
import { withPolicies } from "../src/with-policies.ts";
import { remoteExecutor } from "./remote-executor.ts";

it("gives what concerns no run the executor's own config too", async () => {
  const inner = remoteExecutor({
    async *checkHealth({ config: { queue } }) {
      yield { check: queue, status: "ok" };
    },
    async *leftovers({ config: { queue }, labels: { owner = "" } }) {
      yield { handle: { id: queue }, runId: owner, attempt: 1, description: "a job" };
    },
  });
  const { definition } = withPolicies(inner, [{ key: "audit", config: z.strictObject({}) }]);
  const result = await definition.config["~standard"].validate({ queue: "long" });
  const config = "value" in result ? result.value : undefined;
  const context = { config, client: "client" } as PlatformContext<never, unknown>;

  const health = await Array.fromAsync(definition.checkHealth?.(context) ?? []);
  const labelled = { ...context, labels: { owner: "us" } };
  const left = await Array.fromAsync(definition.leftovers?.(labelled) ?? []);

  expect(health).toEqual([{ check: "long", status: "ok" }]);
  expect(left).toMatchObject([{ handle: { id: "long" }, runId: "us" }]);
});

it("adds neither where the executor has none", () => {
  const { definition } = withPolicies(remoteExecutor({}), [
    { key: "audit", config: z.strictObject({}) },
  ]);

  expect(definition).not.toHaveProperty("checkHealth");
  expect(definition).not.toHaveProperty("leftovers");
});
