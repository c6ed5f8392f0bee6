import { mainModule } from "../files/main-module.ts";
import type { Job, JobReference } from "./job.ts";
import { currentLoading, hasLoaded } from "./loading.ts";

/** Which job of which loading; without a file: of the process's main module. */
interface DefinitionPlace {
  readonly file: string | undefined;
  readonly ordinal: number;
}

/** Counts the jobs of this process. A global, because there may be several copies of this package. */
interface DefinitionOrder {
  count: number;
  readonly places: WeakMap<Job, DefinitionPlace>;
}

const key: unique symbol = Symbol.for("runnable.definition-order") as never;

/** Gives a new job its number: a process that loads the same module finds it again by that. */
export function countDefinition(job: Job): void {
  const { places } = definitionOrder();
  const loading = currentLoading();
  if (loading !== undefined) {
    places.set(job, { file: loading.file, ordinal: loading.defined.push(job) - 1 });
    return;
  }
  // Where job files are loaded, the main module is the command line's or the job side's.
  if (!hasLoaded()) places.set(job, { file: undefined, ordinal: definitionOrder().count++ });
}

/** The job is the n-th that is defined while a certain module loads. Undefined for code without a file, and for jobs that a running job makes. */
export function referenceByOrder(job: Job): JobReference | undefined {
  const place = definitionOrder().places.get(job);
  const file = place?.file ?? mainModule();
  if (place === undefined || file === undefined) return undefined;
  return { file, exportName: `#${place.ordinal}` };
}

function definitionOrder(): DefinitionOrder {
  const holder = globalThis as { [key]?: DefinitionOrder };
  return (holder[key] ??= { count: 0, places: new WeakMap() });
}
