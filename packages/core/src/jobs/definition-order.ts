import { statSync } from "node:fs";

import type { Job, JobReference } from "./job.ts";
import { currentLoading } from "./loading.ts";

/** Counts the jobs of this process by the module whose loading led to them. A global, because there may be several copies of this package. */
interface DefinitionOrder {
  /** Of the process's main module. */
  count: number;
  readonly references: WeakMap<Job, JobReference>;
}

const key: unique symbol = Symbol.for("runnable.definition-order") as never;

/** Gives a new job its number: a process that loads the same module finds it again by that. */
export function countDefinition(job: Job): void {
  const order = definitionOrder();
  const loading = currentLoading();
  if (loading !== undefined) {
    order.references.set(job, {
      file: loading.file,
      exportName: `#${loading.defined.push(job) - 1}`,
    });
    return;
  }
  const file = mainModule();
  if (file !== undefined) order.references.set(job, { file, exportName: `#${order.count}` });
  order.count += 1;
}

/** The job is the n-th that is defined while a certain module loads; undefined for jobs of code that has no file. */
export function referenceByOrder(job: Job): JobReference | undefined {
  return definitionOrder().references.get(job);
}

function definitionOrder(): DefinitionOrder {
  const holder = globalThis as { [key]?: DefinitionOrder };
  return (holder[key] ??= { count: 0, references: new WeakMap() });
}

/** Undefined for `node --eval` and the like. */
function mainModule(): string | undefined {
  const file = process.argv[1];
  return file !== undefined && statSync(file, { throwIfNoEntry: false })?.isFile() === true
    ? file
    : undefined;
}
