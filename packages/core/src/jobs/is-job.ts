import { jobBrand, type Job } from "./job.ts";

/** Whether a value is a {@link Job}, also one made by another copy of this package. */
export function isJob(value: unknown): value is Job {
  return typeof value === "object" && value !== null && jobBrand in value;
}
