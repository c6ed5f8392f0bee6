import type { HealthFinding, Log } from "@runnable/plugin";

import type { Config } from "../configure/config.ts";
import type { Services } from "../resolve/resolved.ts";
import { platformServices } from "../resolve/supervised-services.ts";
import { connectClient } from "../submit/connect-client.ts";
import { failedFinding } from "./failed-finding.ts";

/** What is checked, and how. */
export interface PlatformCheck {
  readonly config: Config;
  readonly services: Services;
  readonly log: Log;
  /** Milliseconds for all that the executor looks at. */
  readonly patienceMs: number;
}

/** What the executor itself finds, after its client is connected. A direct one is asked for its stand-in, which does what leaves this process. */
export async function* checkPlatform(check: PlatformCheck): AsyncIterable<HealthFinding> {
  const { executor } = await platformServices(check.services);
  if (executor.kind !== "remote") return;
  const { definition, config } = executor;
  const name = executor.section.type;
  try {
    const { client, release } = await connectClient(definition, config, check.log);
    try {
      if (definition.connect) yield { check: name, status: "ok", detail: "it answers" };
      const found = definition.checkHealth?.({
        config,
        client,
        projectDirectory: check.config.projectDirectory,
        signal: AbortSignal.timeout(check.patienceMs),
        log: check.log,
      });
      yield* found ?? [{ check: name, status: "skipped", detail: "it has no checks of its own" }];
    } finally {
      await release();
    }
  } catch (error) {
    yield failedFinding(name, error);
  }
}
