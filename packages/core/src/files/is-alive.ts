import { hostname } from "node:os";

import type { ProcessIdentity } from "../record/run-record.ts";
import { bootId, processStart } from "./process-identity.ts";

/** Whether that very process still lives; a zombie does not. Undefined when this process can't tell: other host, or other process id namespace. */
export function isAlive(identity: ProcessIdentity): boolean | undefined {
  if (identity.host !== hostname()) return undefined;
  const [theirBoot, theirNamespace] = identity.bootId.split("/");
  const [ourBoot, ourNamespace] = bootId().split("/");
  if (!sameBoot(theirBoot, ourBoot)) return false;
  if (theirNamespace !== ourNamespace) return undefined;
  const found = processStart(identity.pid);
  return found !== undefined && !found.zombie && found.startedAt === identity.startedAt;
}

/** A boot that is known by its time may be seen a minute off. */
function sameBoot(one: string | undefined, other: string | undefined): boolean {
  return one === other || Math.abs(bootMinute(one) - bootMinute(other)) <= 1;
}

function bootMinute(id: string | undefined): number {
  return Number(/^boot-(\d+)$/.exec(id ?? "")?.[1] ?? Number.NaN);
}
