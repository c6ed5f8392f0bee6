import type { JobResult } from "../../src/execute/job-result.ts";
import { performJob, type PerformOptions } from "../../src/execute/perform.ts";
import type { Job } from "../../src/jobs/job.ts";

/** Everything but the job, for a test to change. */
export function surroundings(): Omit<PerformOptions, "job"> {
  return {
    parameters: {},
    secrets: {},
    runId: "run",
    attempt: 1,
    signal: new AbortController().signal,
    workingDirectory: process.cwd(),
    env: { PATH: process.env["PATH"] },
    onProgress: () => {},
  };
}

/** Runs a job with its output collected as text. */
export async function perform(
  job: Job,
  more: Partial<PerformOptions> = {},
): Promise<JobResult & { readonly stdout: string; readonly stderr: string }> {
  const output = { o: "", e: "" };
  const onOutput = (channel: "o" | "e", chunk: Uint8Array) => {
    output[channel] += Buffer.from(chunk).toString();
  };
  const result = await performJob({ ...surroundings(), onOutput, job, ...more });
  return { ...result, stdout: output.o, stderr: output.e };
}
