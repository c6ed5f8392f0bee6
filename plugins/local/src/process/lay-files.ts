import { constants } from "node:fs";
import {
  chmod,
  copyFile,
  cp,
  mkdir,
  readdir,
  rename,
  rm,
  symlink,
  writeFile,
} from "node:fs/promises";
import { basename, dirname, join } from "node:path";

import { RunnableError, type Payload } from "@runnable/plugin";

import { labelsFile } from "./labels-file.ts";
import type { ProcessPlan } from "./process-plan.ts";

/** Files that are no part of an image: they are the machine's own, or too many to copy. */
const leftOut = new Set(["node_modules", ".git", ".runnable"]);

/** Lays out everything of an attempt; done twice it gives the same. `secrets` go into a file that only this user reads. */
export async function layFiles(
  plan: ProcessPlan,
  payload: Payload,
  secrets: { readonly [name: string]: string },
): Promise<void> {
  await mkdir(dirname(plan.directory), { recursive: true, mode: 0o700 });
  await mkdir(plan.directory, { recursive: true, mode: 0o700 });
  await writeFile(join(plan.directory, labelsFile), JSON.stringify(plan.labels));
  await mkdir(plan.cwd, { recursive: true });
  if (plan.image !== undefined) await layImage(plan.image, plan.cwd);
  const root = plan.image === undefined ? join(plan.directory, "payload") : plan.cwd;
  await Promise.all(
    payload.files.map(({ path, source, mode }) => layFile(source, join(root, path), mode)),
  );
  await Promise.all(plan.volumes.map(layVolume));
  if (Object.keys(secrets).length === 0) return;
  await writeFile(join(plan.directory, "secrets.json"), JSON.stringify(secrets), { mode: 0o600 });
}

async function layFile(source: string, target: string, mode: number): Promise<void> {
  await mkdir(dirname(target), { recursive: true });
  const aside = `${target}.${process.pid}`;
  await copyFile(source, aside, constants.COPYFILE_FICLONE);
  await chmod(aside, mode);
  await rename(aside, target);
}

async function layVolume({
  path,
  link,
}: {
  readonly path: string;
  readonly link?: string;
}): Promise<void> {
  if (link === undefined) return void (await mkdir(path, { recursive: true }));
  await mkdir(dirname(path), { recursive: true });
  await mkdir(link, { recursive: true });
  await symlink(link, path).catch(ignoreExisting);
}

async function layImage(image: string, target: string): Promise<void> {
  const filter = (path: string) => path === image || !leftOut.has(basename(path));
  await cp(image, target, { recursive: true, filter }).catch((cause: unknown) => {
    throw new RunnableError("IMAGE_MISSING", `cannot copy the image directory ${image}`, {
      hint: "Set job-executor.config.image to a directory that holds the job file and node_modules.",
      cause,
      exitCode: 78,
    });
  });
  await symlink(join(image, "node_modules"), join(target, "node_modules")).catch(ignoreExisting);
}

function ignoreExisting(error: unknown): void {
  if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
}

/** Removes everything of an attempt; the labels last, so that a removal that was cut short can be gone on with. */
export async function removeFiles(directory: string): Promise<void> {
  const options = { recursive: true, force: true, maxRetries: 3 };
  const names = await readdir(directory).catch(() => []);
  const others = names.filter((name) => name !== labelsFile);
  await Promise.all(others.map((name) => rm(join(directory, name), options)));
  await rm(directory, options);
}
