import { runKey } from "../run-log/run-keys.ts";

/** `.blobs/<first 2>/<other 62 hex digits>` of a `sha256:<hex>`. */
export function blobKey(digest: string): string {
  const hex = digest.slice("sha256:".length);
  return `.blobs/${hex.slice(0, 2)}/${hex.slice(2)}`;
}

/** `<run_id>/.manifest/`: the parts of the run's manifest. @throws RunnableError RUN_ID_INVALID */
export function manifestKey(runId: string): string {
  return `${runKey(runId)}.manifest/`;
}
