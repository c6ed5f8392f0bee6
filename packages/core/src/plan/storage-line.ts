import type { Need, Placed } from "@runnable/plugin";

import type { RunLogOwner } from "../execute/submission.ts";
import { describeNeed } from "../place/storage-refused.ts";
import type { Services } from "../resolve/resolved.ts";

/** One line of the table of storage. */
export interface StorageLine {
  /** Config section, or `secrets` and `payload`. */
  readonly store: "run-log-store" | "catalog" | "secrets" | "payload" | "project";
  /** Type of the store; absent for payload and project. */
  readonly type?: string;
  /** What it requires: `directory /data/runs`. */
  readonly need: string;
  readonly access: Need["access"];
  /** Where it is, seen from the job: a path or URL; `relay`, `stdin`, `environment`. */
  readonly placement: string;
  /** Whether both sides see the same bytes; `verify`: said so, and to be proved by the job. Absent where the question makes no sense. */
  readonly shared?: boolean | "verify";
  /** Who creates and writes it. */
  readonly setUpBy?: "submitter" | "job";
}

type Sections = Pick<Services, "runLog" | "catalog" | "secrets">;

/** The table of storage of a run on a platform. */
export function storageLines(
  placed: readonly Placed[],
  { owner, services }: { readonly owner: RunLogOwner; readonly services: Sections },
): readonly StorageLine[] {
  return placed.map(({ need, placement }) => ({
    ...storeOf(need, services),
    need: describeNeed(need),
    access: need.access,
    placement: placeOf(placement),
    ...("shared" in placement && isStore(need) ? { shared: placement.shared } : {}),
    ...setUpBy(need, placement, owner),
  }));
}

/** The same for a run in this process, which sees what the submitter sees. */
export function storageLinesHere(
  needs: readonly Need[],
  services: Sections,
): readonly StorageLine[] {
  return needs.map((need) => ({
    ...storeOf(need, services),
    need: describeNeed(need),
    access: need.access,
    placement: "this process",
    ...(isStore(need) ? { setUpBy: "job" as const } : {}),
  }));
}

function storeOf(need: Need, services: Sections): Pick<StorageLine, "store" | "type"> {
  if (need.role === "run-log") {
    return { store: "run-log-store", type: services.runLog.section.type };
  }
  if (need.role === "catalog") return { store: "catalog", type: services.catalog.section.type };
  if (need.role === "secrets") return { store: "secrets", type: services.secrets.section.type };
  return { store: need.kind === "files" ? "payload" : "project" };
}

function isStore({ role }: Need): boolean {
  return role === "run-log" || role === "catalog";
}

function placeOf(placement: Placed["placement"]): string {
  if (placement.at === "path") return placement.path;
  return placement.at === "endpoint" ? placement.url : placement.at;
}

function setUpBy(
  need: Need,
  placement: Placed["placement"],
  owner: RunLogOwner,
): Pick<StorageLine, "setUpBy"> {
  if (need.role === "run-log") return { setUpBy: owner === "job" ? "job" : "submitter" };
  if (need.role !== "catalog") return {};
  const here = placement.at === "relay" || ("shared" in placement && placement.shared !== false);
  return { setUpBy: here ? "submitter" : "job" };
}
