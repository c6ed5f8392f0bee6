import { createHash } from "node:crypto";

const slugLength = 20;
const hashLength = 10;

/** What makes a submission one of a kind: a run id means something within one project on one machine. */
export interface NameSeed {
  readonly runId: string;
  readonly host: string;
  readonly projectDirectory: string;
}

/** Platform-safe name of an attempt: `rn-<slug ≤ 20>-<hash 10>-a<attempt>`, [a-z0-9-], at most 52 characters. The same seed gives the same name. */
export function platformName(seed: NameSeed, attempt: number): string {
  const hash = createHash("sha256")
    .update([seed.runId, seed.host, seed.projectDirectory].join("\0"))
    .digest("hex");
  return `rn-${slug(seed.runId)}-${hash.slice(0, hashLength)}-a${attempt}`;
}

function slug(runId: string): string {
  const safe = runId.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
  return safe.slice(0, slugLength).replaceAll(/^-+|-+$/g, "") || "run";
}
