import { RunnableError } from "@runnable/plugin";

import type { Section } from "../configure/config.ts";
import type { RefusedNeed } from "./place-needs.ts";

/** One line of the table of refusals. */
export interface StorageRefusal {
  /** Config section, for example `run-log-store`; `job` for the payload and secrets. */
  readonly section: string;
  readonly store: string;
  readonly need: string;
  readonly why: string;
  readonly remedy: string;
}

/** What the user must change before anything is submitted. `refusals` serves programs that print a table. */
export class StorageRefused extends RunnableError {
  readonly executor: string;
  readonly refusals: readonly StorageRefusal[];

  constructor(executor: string, refusals: readonly StorageRefusal[]) {
    const lines = refusals.map(
      ({ section, store, need, why, remedy }) =>
        `  ${section} ${store}: ${need}: ${why}\n    ${remedy}`,
    );
    super(
      "STORAGE_REFUSED",
      `executor ${executor} cannot reach the storage of this run; nothing was submitted\n${lines.join("\n")}`,
      { exitCode: 78 },
    );
    this.executor = executor;
    this.refusals = refusals;
  }
}

/** Refusals with the sections that they come from. */
export function refusalsOf(
  refused: readonly RefusedNeed[],
  sections: { readonly [role: string]: Section | undefined },
): readonly StorageRefusal[] {
  return refused.map(({ need, refuse, remedy }) => {
    const section = sections[need.role];
    return {
      section: section === undefined ? "job" : sectionOf[need.role],
      store: section?.type ?? need.role,
      need: describeNeed(need),
      why: refuse,
      remedy,
    };
  });
}

const sectionOf = {
  "run-log": "run-log-store",
  catalog: "catalog",
  secrets: "secrets",
  code: "job",
} as const;

/** A need in words: `directory /data/runs`, `https://…`, `secrets A, B`. */
export function describeNeed(need: RefusedNeed["need"]): string {
  if (need.kind === "path") return `${need.what} ${need.path}`;
  if (need.kind === "endpoint") return need.url;
  if (need.kind === "values") return `secrets ${need.names.join(", ")}`;
  if (need.kind === "files") return "the payload";
  return need.kind === "memory" ? "the memory of this process" : (need as { kind: string }).kind;
}
