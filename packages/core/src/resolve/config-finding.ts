import type { Finding } from "../discover/finding.ts";

/** One thing wrong with a service's settings; the path is within its `config`. */
export interface ConfigFinding extends Finding {
  readonly path: readonly (string | number)[];
}
