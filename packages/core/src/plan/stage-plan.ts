import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Command, Json, PayloadFile, PayloadMode } from "@runnable/plugin";

import type { PreparedRun } from "../prepare/prepare-run.ts";
import { completeStage, makeStage, projectProof, referenceOfRun } from "../submit/make-stage.ts";
import type { PlacedRun } from "../submit/place-run.ts";
import { planContextOf } from "../submit/submit-attempt.ts";

/** What a platform would get. */
export interface StagedPlan {
  /** The platform's own object. */
  readonly plan: Json;
  /** What it starts over there; undefined for an executor that asked for no command. */
  readonly command: Command | undefined;
  readonly payload: {
    readonly mode: PayloadMode;
    readonly bytes: number;
    readonly files: readonly Pick<PayloadFile, "path" | "bytes" | "digest">[];
  };
}

/** Stands where a submission has its random nonce. */
const noNonce = "0".repeat(32);

/** Makes payload and plan like a submission, in a temporary directory that is removed. No store is opened, no client connected. */
export async function stagePlan(run: PreparedRun, placedRun: PlacedRun): Promise<StagedPlan> {
  const stageDirectory = await mkdtemp(join(tmpdir(), "runnable-plan-"));
  try {
    const reference = referenceOfRun(run);
    // What the job takes from the catalog of a platform without one travels too; to look for it would open stores.
    const parts = { run, placedRun, reference, stageDirectory, catalogFiles: [] };
    const proof = { files: await projectProof(run, placedRun) };
    const whole = {
      ...parts,
      nonce: noNonce,
      proof,
      catalogOutbox: undefined,
      catalogFolder: undefined,
      elapsedMs: 0,
    };
    const stage = await completeStage(await makeStage(parts), whole, undefined);
    const context = planContextOf(run, placedRun, stage);
    let command: Command | undefined;
    const plan = placedRun.definition.plan({
      ...context,
      command: (options) => (command = context.command(options)),
    });
    const { mode, bytes, files } = stage.payload;
    const described = files.map(({ path, bytes: size, digest }) => ({ path, bytes: size, digest }));
    return { plan, command, payload: { mode, bytes, files: described } };
  } finally {
    await rm(stageDirectory, { recursive: true, force: true });
  }
}
