import type { Job } from "./job.ts";

/** Counts the jobs of this process, so that a process that loads the same main module finds the same one again. */
interface DefinitionOrder {
  count: number;
  readonly ordinals: WeakMap<Job, number>;
}

const key: unique symbol = Symbol.for("runnable.definition-order") as never;

function definitionOrder(): DefinitionOrder {
  const holder = globalThis as { [key]?: DefinitionOrder };
  return (holder[key] ??= { count: 0, ordinals: new WeakMap() });
}

/** Numbers a new job. */
export function countDefinition(job: Job): void {
  const order = definitionOrder();
  order.ordinals.set(job, order.count);
  order.count += 1;
}

/** The job is the n-th, from 0, that was defined in this process. */
export function ordinalOf(job: Job): number | undefined {
  return definitionOrder().ordinals.get(job);
}
