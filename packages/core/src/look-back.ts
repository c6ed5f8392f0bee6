export { findRunId } from "./look-back/find-run-id.ts";
export { openProject, type Project, type ProjectOptions } from "./look-back/open-project.ts";
export { readLogs, type LogOptions } from "./look-back/read-logs.ts";
export { listRuns } from "./look-back/list-runs.ts";
export { viewRun, type AttemptView, type RunSummary, type RunView } from "./look-back/view-run.ts";
export { createFramePrinter } from "./output/print-frames.ts";
export { matchEntries } from "./record/match-entries.ts";
export { RunnableError } from "@runnable/plugin";
