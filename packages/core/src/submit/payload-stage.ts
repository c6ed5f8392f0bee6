import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";

import type { Payload, PayloadFile } from "@runnable/plugin";

import type { Submission } from "../execute/submission.ts";
import type { BundledModule } from "./bundle-module.ts";
import { payloadFile } from "./payload-file.ts";

/** A payload in the making: `makePayload` begins it, {@link addFile} goes on, an executor gets `payload`. */
export interface StagedPayload {
  readonly payload: Payload;
  /** Absolute; what core writes for this attempt lies here. Files of the user are described where they are. */
  readonly stageDirectory: string;
  /** The payload's part of the submission. `files` is all but `config.json`, which holds the submission itself. */
  readonly submissionPart: Pick<Submission, "mode" | "job" | "files" | "workingFiles">;
  /** The job's bundle, in mode `bundle`. */
  readonly bundle: BundledModule | undefined;
}

/** What a {@link StagedPayload} is computed from. */
export interface StagedParts {
  readonly mode: Payload["mode"];
  readonly stageDirectory: string;
  readonly job: Submission["job"];
  readonly files: readonly PayloadFile[];
  readonly bundle: BundledModule | undefined;
}

const workingRoot = "files/";

/** Sizes, digests and the submission's part of a payload. */
export function stagePayload(parts: StagedParts): StagedPayload {
  const files = parts.files.toSorted((a, b) => compare(a.path, b.path));
  const travelling = files.filter((file) => file.path !== "config.json");
  return {
    payload: {
      mode: parts.mode,
      files,
      bytes: files.reduce((sum, file) => sum + file.bytes, 0),
      digest: digestOf(files),
    },
    stageDirectory: parts.stageDirectory,
    submissionPart: {
      mode: parts.mode,
      job: parts.job,
      files: travelling.map(({ path: name, digest, mode }) => ({ path: name, digest, mode })),
      workingFiles: travelling
        .filter((file) => file.path.startsWith(workingRoot))
        .map((file) => file.path.slice(workingRoot.length)),
    },
    bundle: parts.bundle,
  };
}

/** Writes a file into the stage and adds it to the payload, or replaces it there; permission bits 0o644. */
export async function addFile(
  stage: StagedPayload,
  name: string,
  text: string,
): Promise<StagedPayload> {
  const source = path.join(stage.stageDirectory, name);
  await mkdir(path.dirname(source), { recursive: true });
  await writeFile(source, text, { mode: 0o644 });
  const added = await payloadFile(name, source);
  return stagePayload({
    mode: stage.payload.mode,
    stageDirectory: stage.stageDirectory,
    job: stage.submissionPart.job,
    files: [...stage.payload.files.filter((file) => file.path !== name), added],
    bundle: stage.bundle,
  });
}

function digestOf(files: readonly PayloadFile[]): string {
  const text = files.map((file) => `${file.path}\0${file.digest}\n`).join("");
  return `sha256:${createHash("sha256").update(text).digest("hex")}`;
}

/** By code unit: the digest must not depend on the user's language. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
