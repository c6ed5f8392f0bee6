import { constants } from "node:fs";
import { chmod, copyFile, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

import { withinRoot } from "../files/within-root.ts";
import type { Submission } from "./submission.ts";

/** A working directory for one attempt. */
export interface WorkingDirectory {
  readonly path: string;
  readonly remove: () => Promise<void>;
}

/** An empty directory that holds just the files that the job declared, so that a missing declaration shows at once. */
export async function makeWorkingDirectory(
  root: string,
  submission: Pick<Submission, "workingFiles" | "files">,
  env: NodeJS.ProcessEnv,
): Promise<WorkingDirectory> {
  // A platform may know its directories only as relative to the one that it starts commands in.
  const parent = resolve(env["RUNNABLE_WORK_DIRECTORY"] ?? tmpdir());
  await mkdir(parent, { recursive: true });
  const path = await mkdtemp(join(parent, "runnable-work-"));
  const modes = new Map(submission.files.map((file) => [file.path, file.mode]));
  await Promise.all(
    submission.workingFiles.map((file) =>
      lay(root, path, { file, mode: modes.get(`files/${file}`) }),
    ),
  );
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

async function lay(
  root: string,
  directory: string,
  { file, mode }: { readonly file: string; readonly mode: number | undefined },
): Promise<void> {
  const target = await withinRoot(directory, file);
  await mkdir(dirname(target), { recursive: true });
  await copyFile(join(root, "files", file), target, constants.COPYFILE_FICLONE);
  if (mode !== undefined) await chmod(target, mode);
}
