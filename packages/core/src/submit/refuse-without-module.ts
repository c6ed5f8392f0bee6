import { RunnableError } from "@runnable/plugin";

import { inCodeType } from "../configure/config.ts";
import type { ResolvedStore, Services } from "../resolve/resolved.ts";
import type { PlacedRun } from "./place-run.ts";

/**
 * Makes sure that the job side can open each store that it needs: core's own are part of it, the module of any other travels.
 * @throws RunnableError STORE_WITHOUT_MODULE for an object made in code and for a type of a plugin that was handed over in code.
 */
export function refuseWithoutModule(
  { runLog, catalog }: Services,
  { mode, owner, usesCatalog, catalogRelayed }: PlacedRun,
): void {
  if (owner !== "relay") refuse("run-log-store", runLog, mode);
  if (usesCatalog && !catalogRelayed) refuse("catalog", catalog, mode);
}

function refuse(
  name: string,
  { embedded, section, provider }: ResolvedStore<unknown>,
  mode: PlacedRun["mode"],
): void {
  const { type } = section;
  const made = type === inCodeType;
  // In an image the package of a type is installed.
  if (embedded || (!made && (provider.entry !== "" || mode === "image"))) return;
  throw new RunnableError(
    "STORE_WITHOUT_MODULE",
    `${name} ${made ? "is an object" : `"${type}" is a type`} that code gives, so the job has no module by which to open it elsewhere`,
    {
      hint: "Choose an executor that runs the job in this process or relays its storage, one of core's own stores, or a store by type from a package or a file.",
      exitCode: 78,
    },
  );
}
