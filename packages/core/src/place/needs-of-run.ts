import type { Need, Role } from "@runnable/plugin";

import type { ResolvedStore, Services } from "../resolve/resolved.ts";

/** What a run requires beyond its stores. */
export interface RunNeeds {
  readonly projectDirectory: string;
  /** Names of all secrets that must travel: the job's and the stores'. */
  readonly secretNames: readonly string[];
  /** Whether the job puts anything into the catalog. */
  readonly putsFiles: boolean;
  /** Whether the project directory itself must be visible over there (payload mode `mount`). */
  readonly mountsProject: boolean;
  /** Size of the payload; undefined before it is made. */
  readonly payloadBytes: number | undefined;
}

/** All needs of a run, in the order of the table that users see. */
export function needsOfRun(
  services: Pick<Services, "runLog" | "catalog">,
  run: RunNeeds,
): readonly Need[] {
  const { projectDirectory } = run;
  return [
    ...storeNeeds("run-log", services.runLog, projectDirectory),
    ...storeNeeds("catalog", services.catalog, projectDirectory).map((need) =>
      run.putsFiles ? need : { ...need, access: "read" as const },
    ),
    ...secretNeeds(run.secretNames),
    ...(run.mountsProject ? [projectNeed(projectDirectory)] : []),
    { id: "payload", role: "code", access: "read", kind: "files", bytes: run.payloadBytes },
  ];
}

function storeNeeds(
  role: Role,
  store: Pick<ResolvedStore<unknown>, "definition" | "config">,
  baseDirectory: string,
): readonly Need[] {
  return store.definition.needs(store.config, { baseDirectory }).map((need) => ({ ...need, role }));
}

function secretNeeds(names: readonly string[]): readonly Need[] {
  if (names.length === 0) return [];
  return [{ id: "secrets", role: "secrets", access: "read", kind: "values", names }];
}

function projectNeed(path: string): Need {
  return { id: "project", role: "code", access: "read", kind: "path", path, what: "directory" };
}
