import {
  defineRemoteExecutor,
  type ExecutorFactory,
  type RemoteDefinition,
} from "@runnable/plugin";

import { cancelContainer } from "./cancel-container.ts";
import { checkEngine } from "./check-engine.ts";
import { collectFiles, collectReceipt } from "./collect.ts";
import { containerLogs } from "./container-logs.ts";
import type { ContainerHandle, ContainerPlan } from "./container-plan.ts";
import { dockerConfig } from "./docker-config.ts";
import { connectEngine, type EngineClient } from "./engine/engine-client.ts";
import { engineProgram } from "./engine/engine-program.ts";
import { findContainer } from "./find-container.ts";
import { leftoverContainers } from "./leftover-containers.ts";
import { observeContainer } from "./observe-container.ts";
import { place } from "./place.ts";
import { planContainer } from "./plan-container.ts";
import { removeContainer } from "./remove-container.ts";
import { resourcesOf } from "./resources-of.ts";
import { submitContainer } from "./submit-container.ts";

type Config = typeof dockerConfig;

const definition: RemoteDefinition<Config, ContainerPlan, ContainerHandle, EngineClient> = {
  config: dockerConfig,
  mock: ({ mock }) => mock,
  payloadMode: ({ code }) => code,
  resources: resourcesOf,
  connect: (config, { signal }) => connectEngine(engineProgram(config, process.env), signal),
  place,
  plan: planContainer,
  submitJob: submitContainer,
  find: findContainer,
  observe: observeContainer,
  logs: containerLogs,
  cancel: cancelContainer,
  collect: collectReceipt,
  collectFiles,
  remove: removeContainer,
  leftovers: leftoverContainers,
  checkHealth: checkEngine,
};

/** Runs a job in a container of a Docker engine. */
const docker: ExecutorFactory<Config, "remote"> = defineRemoteExecutor(definition);

export default docker;
