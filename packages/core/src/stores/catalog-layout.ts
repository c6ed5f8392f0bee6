import { join } from "node:path";

import { runPath } from "./fact-path.ts";

/** Where things lie in a catalog directory. */
export interface CatalogLayout {
  readonly root: string;
  /** `.blobs/<first 2>/<other 62 hex digits>` of a `sha256:<hex>`. */
  readonly blob: (digest: string) => string;
  /** `<run_id>/.manifest`: the parts of the run's manifest. */
  readonly manifest: (runId: string) => string;
  /** `<run_id>`: the run's files under their own names, for people to look at. */
  readonly browse: (runId: string) => string;
  /** `.runnable/aside`: bytes that are not yet whole. */
  readonly aside: string;
  /** `.runnable/unchanged`: what files looked like at their last put. */
  readonly unchanged: string;
}

/** The layout of the catalog in this absolute directory. */
export function catalogLayout(root: string): CatalogLayout {
  return {
    root,
    blob: (digest) => {
      const hex = digest.slice("sha256:".length);
      return join(root, ".blobs", hex.slice(0, 2), hex.slice(2));
    },
    manifest: (runId) => join(root, runPath(runId), ".manifest"),
    browse: (runId) => join(root, runPath(runId)),
    aside: join(root, ".runnable", "aside"),
    unchanged: join(root, ".runnable", "unchanged"),
  };
}
