/** A job that does nothing. */
export const trivialJob = `
import { defineJob } from "@runnable/core";
export default defineJob({ run: () => ({ answer: 42 }) });
`;
