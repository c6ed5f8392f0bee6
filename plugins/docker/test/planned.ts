import type { Need, Placed, PlaceContext, PlanContext, Placement } from "@runnable/plugin";

import type { ContainerPlan } from "../src/container-plan.ts";
import { dockerConfig, type DockerConfig, type DockerInput } from "../src/docker-config.ts";
import { place } from "../src/place.ts";
import { planContainer } from "../src/plan-container.ts";

/** Settings with their defaults. */
export async function parsed(config: DockerInput): Promise<DockerConfig> {
  const result = await dockerConfig["~standard"].validate(config);
  if (result.issues) throw new Error(JSON.stringify(result.issues));
  return result.value;
}

/** Context of `place` for these settings. */
export async function placeContext(config: DockerInput): Promise<PlaceContext<DockerConfig>> {
  return {
    config: await parsed(config),
    runId: "r1",
    attempt: 1,
    name: "rn-r1-a1",
    projectDirectory: "/project",
  };
}

/** The plan of a job with these settings and needs. */
export async function planned(
  config: DockerInput,
  needs: readonly Need[] = [],
): Promise<ContainerPlan> {
  const ctx = await placeContext(config);
  const placements = needs.map((need) => placed(need, place(need, ctx)));
  const plan: Partial<PlanContext<DockerConfig>> = {
    ...ctx,
    placements,
    labels: { "runnable/run-id": "r1" },
    payload: { mode: "bundle", files: [], bytes: 0, digest: "sha256:0" },
    command: ({ root }) => ({
      argv: ["node", `${root}/run.mjs`, "execute-job", "a b.ts", "r1"],
      env: { RUNNABLE_RUN_ID: "r1" },
      shell: "",
    }),
  };
  return planContainer(plan as PlanContext<DockerConfig>);
}

function placed(need: Need, answer: ReturnType<typeof place>): Placed {
  if ("refuse" in answer) throw new Error(answer.refuse);
  return { need, placement: answer satisfies Placement };
}
