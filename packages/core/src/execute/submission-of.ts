import { randomBytes } from "node:crypto";

import type { ExecuteArguments } from "./execute-arguments.ts";
import { defaultGraceSeconds, type RelocatedConfig, type Submission } from "./submission.ts";

/**
 * The submission in a relocated config. A config that a person wrote has none: then this side owns the run log, and the job is
 * the file named on the command line.
 */
export function submissionOf(config: RelocatedConfig, args: ExecuteArguments): Submission {
  if (config.submission) return config.submission;
  const [module = args.job, exportName = "default"] = args.job.split("#", 2);
  return {
    name: args.runId,
    attempt: 1,
    owner: "job",
    nonce: randomBytes(16).toString("hex"),
    mode: "image",
    job: { module, exportName },
    files: [],
    workingFiles: [],
    proof: {},
    secrets: [],
    graceSeconds: defaultGraceSeconds,
  };
}
