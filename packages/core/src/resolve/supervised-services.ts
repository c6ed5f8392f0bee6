import { RunnableError, type AnyRemoteDefinition } from "@runnable/plugin";

import type { Services } from "./resolved.ts";

/** What a run asks for that a job in this process can't have. */
export interface SupervisionNeeds {
  readonly detach: boolean;
  readonly timed: boolean;
  readonly retries: boolean;
}

/**
 * The services, with a direct executor replaced by its supervised stand-in where the run needs one: to outlive this process, or
 * to be stopped from outside the job's own code.
 *
 * @throws RunnableError EXECUTOR_DIRECT when the executor has no stand-in.
 */
export async function supervisedServices(
  services: Services,
  needs: SupervisionNeeds,
): Promise<Services> {
  const { executor } = services;
  if (executor.kind === "remote") return services;
  const { supervised } = executor.definition;
  const wanted = needs.detach || needs.timed || needs.retries;
  if (!supervised) {
    if (wanted) throw noStandIn(executor.section.type, needs);
    return services;
  }
  if (!wanted && !supervised.always(executor.config)) return services;
  const definition: AnyRemoteDefinition = supervised.executor.definition;
  const validated = await definition.config["~standard"].validate(
    supervised.config(executor.config),
  );
  if (validated.issues) throw new Error("the executor's own config for its stand-in is invalid");
  return {
    ...services,
    executor: { ...executor, kind: "remote", definition, config: validated.value },
  };
}

/** The services of a run that leaves this process, where its executor lets any. */
export async function platformServices(services: Services): Promise<Services> {
  const { executor } = services;
  const leaves = executor.kind === "direct" && executor.definition.supervised !== undefined;
  return supervisedServices(services, { detach: leaves, timed: false, retries: false });
}

function noStandIn(type: string, needs: SupervisionNeeds): RunnableError {
  const what = needs.detach ? "--detach" : needs.timed ? "`timeout` and `deadline`" : "`retries`";
  return new RunnableError(
    "EXECUTOR_DIRECT",
    `executor ${type} runs the job in this process; ${what} needs another one`,
    {
      hint: "Choose an executor that starts a process, for example `local`.",
      exitCode: 78,
    },
  );
}
