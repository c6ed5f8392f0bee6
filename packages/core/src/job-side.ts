import { isRunnableError } from "@runnable/plugin";

import { executeJob } from "./execute-job.ts";
import { runJobProcess } from "./execute/job-process.ts";
import { jobSideStores } from "./execute/job-side-stores.ts";
import { writeLines } from "./execute/write-lines.ts";

// The prebuilt job side, `run.mjs`: `execute-job …` is the supervisor, `__job` the job process that it starts.
const [word, ...words] = process.argv.slice(2);
if (word === "__job") await runJobProcess();
else if (word === "execute-job") process.exitCode = await supervise(words);
else {
  process.stderr.write("runnable: this file is started by an executor: execute-job JOB RUN_ID\n");
  process.exitCode = 78;
}

async function supervise(args: readonly string[]): Promise<number> {
  try {
    return await executeJob(args, {
      stores: jobSideStores({
        runLogs: {
          "file-system": () => import("./stores/file-system-run-log.ts"),
          "chunked-fs": () => import("./stores/file-system-run-log.ts"),
          buffered: () => import("./stores/buffered-run-log.ts"),
        },
        catalogs: {
          "file-system": () => import("./stores/file-system-catalog.ts"),
          "do-nothing": () => import("./stores/do-nothing-catalog.ts"),
        },
      }),
      childEntry: process.argv[1] ?? "",
      env: process.env,
      write: writeLines,
    });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`runnable: ${message}\n`);
    return isRunnableError(error) ? error.exitCode : 75;
  }
}
