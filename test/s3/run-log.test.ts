import { describe, inject } from "vitest";

import { describeRunLog } from "../../packages/core/test/stores/run-log-contract.ts";
import { s3Store, useKeys } from "./s3-store.ts";

const access = inject("s3");

describe.skipIf(!access)("a server", () => {
  if (!access) return;
  useKeys(access);

  describeRunLog("s3", s3Store("run-log", access));
});
