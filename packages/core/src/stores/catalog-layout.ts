import { hostname } from "node:os";
import { join, sep } from "node:path";

import { nodeCrypto } from "../files/node-crypto.ts";
import { runPath } from "./fact-path.ts";

/** Where things lie in a catalog directory. */
export interface CatalogLayout {
  readonly root: string;
  /** The first 2 hex digits of a `sha256:<hex>`. */
  readonly blobDirectoryName: (digest: string) => string;
  /** `.blobs/<first 2 hex digits>`. */
  readonly blobDirectory: (name: string) => string;
  /** `.blobs/<first 2>/<other 62 hex digits>` of a `sha256:<hex>`. */
  readonly blob: (digest: string) => string;
  /** `<run_id>/.manifest`: the parts of the run's manifest. */
  readonly manifest: (runId: string) => string;
  /** `<run_id>`: the run's files under their own names, for people to look at. */
  readonly browse: (runId: string) => string;
  /** `.runnable/aside`: bytes that are not yet whole. */
  readonly aside: string;
  /** `.runnable/unchanged/<hash of host and folder>`: notes on the files of an absolute folder at its last put from this machine. */
  readonly notes: (folder: string) => string;
}

/** The layout of the catalog in this absolute directory. */
export function catalogLayout(root: string): CatalogLayout {
  // Put together as text: `join` would be a tenth of a put of many unchanged files.
  const blobs = join(root, ".blobs", sep);
  const prefix = "sha256:".length;
  return {
    root,
    blobDirectoryName: (digest) => digest.slice(prefix, prefix + 2),
    blobDirectory: (name) => blobs + name,
    blob: (digest) =>
      `${blobs}${digest.slice(prefix, prefix + 2)}${sep}${digest.slice(prefix + 2)}`,
    manifest: (runId) => join(root, runPath(runId), ".manifest"),
    browse: (runId) => join(root, runPath(runId)),
    aside: join(root, ".runnable", "aside"),
    notes: (folder) => {
      const name = nodeCrypto().hash("sha256", `${hostname()}\0${folder}`).slice(0, 32);
      return join(root, ".runnable", "unchanged", name);
    },
  };
}
