import { describe, inject } from "vitest";

import { describeRunLog } from "../../packages/core/test/stores/run-log-contract.ts";
import { configIn, storeModule } from "./test-schema.ts";

const server = inject("postgres");

describe.skipIf(!server)("on a real server", () => {
  if (!server) return;
  describeRunLog("postgres", {
    module: storeModule,
    config: (directory) => configIn(server, directory),
    shared: true,
  });
});
